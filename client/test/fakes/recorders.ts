/** Fake recorders of a browser, for tests of what is recorded, and when. */
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, vi } from "vitest"
import { type Beginning, type Progress, Session } from "../../media/recording/Session.js"
import { sourcesOf } from "../../media/recording/segments.js"
import type { WriterRequest } from "../../media/recording/writer.worker.js"

/** A recorder that delivers what the test decides, and stops when the test lets it. */
export class FakeRecorder extends EventTarget {
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

export const fakeTrack = (label: string): MediaStreamTrack => {
  const track: unknown = new FakeTrack(label)
  const isTrack = (one: unknown): one is MediaStreamTrack => one instanceof FakeTrack
  if (!isTrack(track)) throw new Error("Never.")
  return track
}

/** For the tests of a file: a clock that they move, and a browser with these recorders. */
export const installFakeRecorders = (): void => {
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
}

/** The running recorder of these tracks. */
export const recorderOf = (...labels: ReadonlyArray<string>) => {
  const found = FakeRecorder.all.findLast(
    ({ state, stream }) => state === "recording" && stream.tracks.map(({ label }) => label).join() === labels.join()
  )
  if (found === undefined) throw new Error(`Nobody records ${labels.join()}.`)
  return found
}

export const nobody = { microphone: null, camera: null, screen: null, screenSound: null }
const ear = fakeTrack("ear")
const eye = fakeTrack("eye")
export const ada = sourcesOf<MediaStreamTrack>("p1", "Ada", { ...nobody, microphone: ear, camera: eye })

/** A session, and the requests that it sends to the disk. */
export const begin = (beginning: Partial<Beginning> = {}) => {
  const asked: Array<WriterRequest> = []
  const told: Array<Progress> = []
  const session = new Session(
    { recording: "r1", room: "main", since: Date.now(), before: null, ...beginning },
    (question) => Effect.sync(() => void asked.push(question)),
    { progress: (now) => void told.push(now), finishing: () => undefined, failed: () => undefined }
  )
  return { session, asked, told }
}
