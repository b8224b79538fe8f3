import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { afterEach, beforeEach, vi } from "vitest"
import { type ManifestSegment, newestStoredManifest, type StoredManifest } from "../../../media/recording/manifest.js"
import { type Beginning, type Progress, Session } from "../../../media/recording/Session.js"
import { sourcesOf } from "../../../media/recording/segments.js"
import type { WriterQuestion } from "../../../media/recording/writer.worker.js"

/** A recorder that gives what the test says, and stops where the test lets it. */
class FakeRecorder extends EventTarget {
  static all: Array<FakeRecorder> = []
  static hangs = false
  static isTypeSupported = () => true
  state = "inactive"
  constructor(
    readonly stream: FakeStream,
    readonly options: { readonly mimeType: string }
  ) {
    super()
    FakeRecorder.all.push(this)
  }
  start() {
    this.state = "recording"
  }
  gives(text: string) {
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob([text]) }))
  }
  stop() {
    this.state = "inactive"
    if (!FakeRecorder.hangs) this.dispatchEvent(new Event("stop"))
  }
}

class FakeStream {
  constructor(readonly tracks: ReadonlyArray<FakeTrack>) {}
}

class FakeTrack extends EventTarget {
  readonly readyState = "live"
  constructor(readonly label: string) {
    super()
  }
}

const fakeTrack = (label: string): MediaStreamTrack => {
  const track: unknown = new FakeTrack(label)
  const isTrack = (one: unknown): one is MediaStreamTrack => one instanceof FakeTrack
  if (!isTrack(track)) throw new Error("Never.")
  return track
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-01-02T03:04:05Z") })
  vi.stubGlobal("MediaRecorder", FakeRecorder)
  vi.stubGlobal("MediaStream", FakeStream)
  FakeRecorder.all = []
  FakeRecorder.hangs = false
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const recorderOf = (...labels: ReadonlyArray<string>) => {
  const found = FakeRecorder.all.findLast(
    ({ state, stream }) => state === "recording" && stream.tracks.map(({ label }) => label).join() === labels.join()
  )
  if (found === undefined) throw new Error(`Nobody records ${labels.join()}.`)
  return found
}

const nobody = { microphone: null, camera: null, screen: null, screenSound: null }
const ear = fakeTrack("ear")
const eye = fakeTrack("eye")
const ada = sourcesOf<MediaStreamTrack>("p1", "Ada", { ...nobody, microphone: ear, camera: eye })

/** A session, and what it asks of the disk. */
const begin = (beginning: Partial<Beginning> = {}) => {
  const asked: Array<WriterQuestion> = []
  const told: Array<Progress> = []
  const session = new Session(
    { recording: "r1", room: "main", since: Date.now(), before: null, ...beginning },
    (question) => Effect.sync(() => void asked.push(question)),
    { progress: (now) => void told.push(now), finishing: () => undefined, failed: () => undefined }
  )
  return { session, asked, told }
}

const finished = async (session: Session, afterMs: number) => {
  const over = Effect.runPromise(session.finish)
  await vi.advanceTimersByTimeAsync(afterMs)
  return over
}

describe("a recording that runs", () => {
  it("asks for a type of the tracks that a file has", () => {
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

  it("ends though recorders do not stop, and says whose last seconds are missing", async () => {
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

  it("says nothing of recorders that never gave anything", async () => {
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

  it("records the sound alone while no pictures come, and both when they do", async () => {
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

  it("opens the file of a camera that is back too soon 2 seconds after the last, by itself", async () => {
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

  it("records what is heard of a screen that brings no pictures", async () => {
    const { session } = begin()
    const [screen, screenSound] = [fakeTrack("film"), fakeTrack("music")]
    session.setSources(sourcesOf("host", "Host", { ...nobody, screen, screenSound }))
    const checks = Effect.runFork(session.check)
    await vi.advanceTimersByTimeAsync(3000)
    assert.strictEqual(recorderOf("music").options.mimeType, "audio/webm;codecs=opus")
    await Effect.runPromise(Fiber.interrupt(checks))
  })

  it("records a screen alone whose sound never comes, in no more files than it takes to find that out", async () => {
    const { asked, session } = begin()
    const [screen, screenSound] = [fakeTrack("film"), fakeTrack("music")]
    session.setSources(sourcesOf("host", "Host", { ...nobody, screen, screenSound }))
    const checks = Effect.runFork(session.check)
    await vi.advanceTimersByTimeAsync(3000)
    // The pictures were taken to be missing, and are there.
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

  it("records the pictures alone while no sound comes, and both when it does", async () => {
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

/** What a manifest that is asked to be written says. */
const untilOf = (question: WriterQuestion | undefined) => {
  if (question?.type !== "manifest") return assert.fail("No manifest is written.")
  return newestStoredManifest([question.text])?.manifest.recordedUntil
}

describe("the manifest of a recording that runs", () => {
  it("says every two seconds until when it ran, behind all that came before", async () => {
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

  it("asks nothing more of a disk that does not answer", async () => {
    const asked: Array<WriterQuestion> = []
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

  it("has the same start, the segments of before, and offsets from that start", async () => {
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

  it("says until when it ran before, until it has run again", async () => {
    const { asked, session } = begin({ since: Date.parse(startedAt), before: { stored, until, bytes: 700 } })
    session.setSources(ada)
    assert.strictEqual(untilOf(asked[0]), new Date(until).toISOString())
    await finished(session, 0)
    assert.strictEqual(untilOf(asked.at(-1)), "2026-01-02T03:04:05.000Z")
  })

  it("never begins before the end of what is there, though the clock was set back", async () => {
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
