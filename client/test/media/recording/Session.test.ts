import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { vi } from "vitest"
import { type ManifestSegment, newestStoredManifest, type StoredManifest } from "../../../media/recording/manifest.js"
import { Session } from "../../../media/recording/Session.js"
import { sourcesOf } from "../../../media/recording/segments.js"
import type { WriterRequest } from "../../../media/recording/writer.worker.js"
import { ada, begin, FakeRecorder, fakeTrack, installFakeRecorders, nobody, recorderOf } from "../../fakes/recorders.js"

installFakeRecorders()

const finished = async (session: Session, afterMs: number) => {
  const over = Effect.runPromise(session.finish)
  await vi.advanceTimersByTimeAsync(afterMs)
  return over
}

describe("a recording that runs", () => {
  it("uses a type for the tracks that a file has", () => {
    const { session } = begin()
    const [screen, film] = [fakeTrack("screen"), fakeTrack("film")]
    session.setSources([
      ...ada,
      ...sourcesOf("p2", "Grace", { ...nobody, screen }),
      ...sourcesOf("host", "Host", { ...nobody, screen: film, screenSound: fakeTrack("music") })
    ])
    assert.deepStrictEqual(
      FakeRecorder.all.map(({ options, stream }) => [stream.tracks.map(({ label }) => label).join(), options.mimeType]),
      [
        ["ear", "audio/webm;codecs=opus"],
        ["ear,eye", "video/webm;codecs=vp8,opus"],
        ["screen", "video/webm;codecs=vp8"],
        ["music,film", "video/webm;codecs=vp8,opus"]
      ]
    )
  })

  it("ends even if recorders do not stop, and reports whose last seconds are missing", async () => {
    const { session } = begin()
    session.setSources(ada)
    recorderOf("ear").gives("sound")
    FakeRecorder.hangs = true
    const { finished: stored, problem } = await finished(session, 5000)
    assert.deepInclude(problem, { _tag: "SecondsLost", names: ["Ada"] })
    assert.deepStrictEqual(
      stored.manifest.segments.map(({ bytes, file }) => [file, bytes]),
      [
        ["Ada-sound-1.webm", 5],
        ["Ada-1.webm", 0]
      ]
    )
  })

  it("reports nothing of recorders that never delivered anything", async () => {
    const { session } = begin()
    session.setSources(ada)
    FakeRecorder.hangs = true
    assert.isNull((await finished(session, 5000)).problem)
  })

  it("gives up a disk that does not answer", async () => {
    const session = new Session(
      { recording: "r1", room: "main", since: Date.now(), before: null },
      () => Effect.never,
      { progress: () => undefined, finishing: () => undefined, failed: () => undefined }
    )
    session.setSources(ada)
    recorderOf("ear").gives("sound")
    assert.deepInclude((await finished(session, 15_000)).problem, { _tag: "SecondsLost", names: ["Ada"] })
  })

  it("by itself opens the file of a camera that is back too soon, 2 seconds after the last one", async () => {
    const { asked, session } = begin()
    const opened = () => asked.flatMap((question) => (question.type === "open" ? [question.file] : []))
    const checks = Effect.runFork(session.check)
    const speak = setInterval(() => recorderOf("ear").gives("sound"), 1000)
    for (let times = 0; times < 10; times++) {
      session.setSources(ada.slice(0, 1))
      session.setSources(ada)
    }
    assert.deepStrictEqual(opened(), ["Ada-sound-1.webm", "Ada-1.webm"])
    await vi.advanceTimersByTimeAsync(1500)
    assert.strictEqual(opened().length, 2)
    await vi.advanceTimersByTimeAsync(500)
    assert.deepStrictEqual(opened().slice(2), ["Ada-2.webm"])
    assert.strictEqual(recorderOf("ear", "eye").state, "recording")
    clearInterval(speak)
    await Effect.runPromise(Fiber.interrupt(checks))
  })
})

/** Until when a recording ran, by a manifest that is written. */
const untilOf = (question: WriterRequest | undefined) => {
  if (question?.type !== "manifest") return assert.fail("No manifest is written.")
  return newestStoredManifest([question.text])?.manifest.recordedUntil
}

describe("the manifest of a recording that runs", () => {
  it("has every two seconds until when it ran, and is written after all earlier requests", async () => {
    const { asked, session } = begin()
    session.setSources(ada.slice(0, 1))
    const notes = Effect.runFork(session.note)
    const begun = asked.length
    for (let seconds = 1; seconds < 7; seconds++) {
      await vi.advanceTimersByTimeAsync(1000)
      recorderOf("ear").gives("sound")
    }
    assert.deepStrictEqual(
      asked.slice(begun).map((question) => (question.type === "manifest" ? untilOf(question) : question.type)),
      ["07", "09", "11"].flatMap((second) => ["append", `2026-01-02T03:04:${second}.000Z`, "append"])
    )
    await finished(session, 500)
    assert.strictEqual(untilOf(asked.at(-1)), "2026-01-02T03:04:11.000Z")
    await Effect.runPromise(Fiber.interrupt(notes))
  })

  it("names all files that begin together before one of them is opened, in one write", () => {
    const { asked, session } = begin()
    session.setSources([...ada, ...sourcesOf("p2", "Grace", { ...nobody, microphone: fakeTrack("other ear") })])
    assert.deepStrictEqual(
      asked.map(({ type }) => type),
      ["manifest", "open", "open", "open"]
    )
    const [manifest, ...opened] = asked
    if (manifest?.type !== "manifest") return assert.fail("No manifest is written.")
    assert.deepStrictEqual(
      newestStoredManifest([manifest.text])?.manifest.segments.map(({ file }) => file),
      opened.map((question) => (question.type === "open" ? question.file : ""))
    )
  })

  it("of 500 files is written every five seconds, and the last time when all are closed", async () => {
    const { asked, session } = begin()
    session.setSources(
      Array.from({ length: 500 }, (_, index) => index).flatMap((index) =>
        sourcesOf(`p${index}`, "Ada", { ...nobody, microphone: fakeTrack(`ear ${index}`) })
      )
    )
    const begun = asked.length
    const notes = Effect.runFork(session.note)
    await vi.advanceTimersByTimeAsync(20_000)
    await Effect.runPromise(Fiber.interrupt(notes))
    assert.deepStrictEqual(
      asked.slice(begun).map(({ type }) => type),
      ["manifest", "manifest", "manifest", "manifest"]
    )
    await finished(session, 0)
    const last = asked.at(-1)
    const stored = last?.type === "manifest" ? newestStoredManifest([last.text]) : null
    assert.deepStrictEqual(
      stored?.manifest.segments.map(({ durationMs }) => durationMs),
      Array.from({ length: 500 }, () => 20_000)
    )
  })

  it("sends nothing more to a disk that does not answer", async () => {
    const asked: Array<WriterRequest> = []
    const session = new Session(
      { recording: "r1", room: "main", since: Date.now(), before: null },
      (question) =>
        Effect.zipRight(
          Effect.sync(() => asked.push(question)),
          Effect.never
        ),
      { progress: () => undefined, finishing: () => undefined, failed: () => undefined }
    )
    const notes = Effect.runFork(session.note)
    await vi.advanceTimersByTimeAsync(60_000)
    assert.strictEqual(asked.length, 1)
    await Effect.runPromise(Fiber.interrupt(notes))
  })
})

describe("a recording that goes on", () => {
  const before: ManifestSegment = {
    file: "Ada-sound-1.webm",
    name: "Ada",
    peer: "p1",
    kind: "sound",
    mime: "audio/webm",
    offsetMs: 100,
    durationMs: null,
    bytes: 0,
    finished: false
  }
  const startedAt = "2026-01-02T03:03:05.000Z"
  const until = Date.parse("2026-01-02T03:03:35.000Z")
  const stored: StoredManifest = {
    revision: 6,
    downloaded: false,
    ended: false,
    room: "main",
    manifest: { version: 1, startedAt, segments: [before] }
  }

  it("has the same start, the earlier segments, and offsets from that start", async () => {
    const { asked, session, told } = begin({ since: Date.parse(startedAt), before: { stored, until, bytes: 700 } })
    session.setSources(ada)
    recorderOf("ear").gives("sound")
    assert.strictEqual(told.at(-1)?.bytes, 705)
    const { finished: last } = await finished(session, 0)
    assert.strictEqual(last.manifest.startedAt, startedAt)
    assert.deepStrictEqual(
      last.manifest.segments.map(({ file, offsetMs }) => [file, offsetMs]),
      [
        ["Ada-sound-1.webm", 100],
        ["Ada-sound-2.webm", 60_000],
        ["Ada-1.webm", 60_000]
      ]
    )
    const revisions = asked.flatMap((question) => (question.type === "manifest" ? [question.revision] : []))
    assert.strictEqual(revisions[0], 7)
  })

  it("has the time until which it ran before, until it has run again", async () => {
    const { asked, session } = begin({ since: Date.parse(startedAt), before: { stored, until, bytes: 700 } })
    session.setSources(ada)
    assert.strictEqual(untilOf(asked[0]), new Date(until).toISOString())
    await finished(session, 0)
    assert.strictEqual(untilOf(asked.at(-1)), "2026-01-02T03:04:05.000Z")
  })

  it("never begins before the end of the earlier segments, even if the clock was set back", async () => {
    const done = { ...before, durationMs: 90_000 }
    const { session } = begin({
      since: Date.parse(startedAt),
      before: { stored: { ...stored, manifest: { ...stored.manifest, segments: [done] } }, until, bytes: 0 }
    })
    session.setSources(ada)
    const { finished: last } = await finished(session, 0)
    assert.strictEqual(last.manifest.segments.at(-1)?.offsetMs, 90_100)
  })
})
