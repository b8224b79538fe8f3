/** Tracks that bring nothing, in a recording that runs. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { vi } from "vitest"
import { sourcesOf } from "../../../media/recording/segments.js"
import { ada, begin, fakeTrack, installFakeRecorders, nobody, recorderOf } from "../../fakes/recorders.js"

installFakeRecorders()

describe("a recording that runs", () => {
  it("records only the sound while no pictures come, and both when they do", async () => {
    const { session } = begin()
    session.setSources(ada)
    const checks = Effect.runFork(session.check)
    const speak = setInterval(() => recorderOf("ear").gives("sound"), 1000)
    const both = recorderOf("ear", "eye")
    await vi.advanceTimersByTimeAsync(3000)
    assert.strictEqual(both.state, "inactive")
    const looks = recorderOf("eye")
    assert.strictEqual(looks.options.mimeType, "video/webm;codecs=vp8")
    for (const picture of ["1", "2", "3"]) looks.gives(picture)
    assert.strictEqual(looks.state, "inactive")
    assert.strictEqual(recorderOf("ear", "eye").state, "recording")
    clearInterval(speak)
    await Effect.runPromise(Fiber.interrupt(checks))
  })

  it("records the sound of a screen that brings no pictures", async () => {
    const { session } = begin()
    const [screen, screenSound] = [fakeTrack("film"), fakeTrack("music")]
    session.setSources(sourcesOf("host", "Host", { ...nobody, screen, screenSound }))
    const checks = Effect.runFork(session.check)
    await vi.advanceTimersByTimeAsync(3000)
    assert.strictEqual(recorderOf("music").options.mimeType, "audio/webm;codecs=opus")
    await Effect.runPromise(Fiber.interrupt(checks))
  })

  it("records only the pictures of a screen whose sound never comes, in as few files as possible", async () => {
    const { asked, session } = begin()
    const [screen, screenSound] = [fakeTrack("film"), fakeTrack("music")]
    session.setSources(sourcesOf("host", "Host", { ...nobody, screen, screenSound }))
    const checks = Effect.runFork(session.check)
    await vi.advanceTimersByTimeAsync(3000)
    // The pictures were suspected to be missing, and are there.
    const looks = recorderOf("film")
    for (const picture of ["1", "2", "3"]) looks.gives(picture)
    assert.strictEqual(recorderOf("music", "film").state, "recording")
    await vi.advanceTimersByTimeAsync(3000)
    const moves = setInterval(() => recorderOf("film").gives("picture"), 1000)
    const files = () => asked.filter(({ type }) => type === "open").length
    const before = files()
    await vi.advanceTimersByTimeAsync(30_000)
    assert.strictEqual(files(), before)
    assert.strictEqual(recorderOf("film").state, "recording")
    clearInterval(moves)
    await Effect.runPromise(Fiber.interrupt(checks))
  })

  it("records only the pictures while no sound comes, and both when it does", async () => {
    const { session } = begin()
    session.setSources(ada)
    const checks = Effect.runFork(session.check)
    await vi.advanceTimersByTimeAsync(3000)
    const pictures = recorderOf("eye")
    recorderOf("ear").gives("sound")
    await vi.advanceTimersByTimeAsync(0)
    assert.strictEqual(pictures.state, "inactive")
    assert.strictEqual(recorderOf("ear", "eye").state, "recording")
    await Effect.runPromise(Fiber.interrupt(checks))
  })
})
