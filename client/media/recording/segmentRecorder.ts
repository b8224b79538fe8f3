import { bitrates, extensionOf, keyFrameMs, recordedType, tracksOf } from "./mimes.js"
import type { Source } from "./segments.js"

/** What a segment's recorder reports. */
export interface SegmentHearer {
  /** Before anything else, where it can be recorded at all. */
  readonly began: (mime: string, extension: string) => void
  readonly chunk: (chunk: Blob) => void
  /** One of its tracks has ended. */
  readonly trackEnded: () => void
  /** Last, after all chunks. `asked`: by `stop`; else the browser gave up, or there are no tracks left. */
  readonly ended: (lastedMs: number, asked: boolean) => void
}

export interface SegmentRecorder {
  readonly stop: () => void
  /** Waits no longer for a browser that does not stop: what comes after this is not heard. */
  readonly abandon: () => void
  /** Whether nothing has come for longer than a busy machine explains. */
  readonly stalled: () => boolean
  /** Whether anything was recorded yet. */
  readonly empty: () => boolean
  /** Resolves after `ended`. */
  readonly over: Promise<void>
}

/** Chunks come this often: what a crash can cost. */
const timesliceMs = 1_000

/** Chrome's, and not in the DOM types: https://w3c.github.io/mediacapture-record/#mediarecorderoptions-section */
interface Options extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number
}

/** Nothing after this long, when it should begin: chunks come a little late on a busy machine. */
const firstPatienceMs = 2_500

/** What has begun may stand still so long: a network's short gap makes no new file. */
const patienceMs = 6_000

/** Starts to record these tracks. Null where the browser refuses. */
export const recordSegment = (
  { audio, kind, video }: Source,
  { began, chunk, ended, trackEnded }: SegmentHearer
): SegmentRecorder | null => {
  const tracks = [audio, video].filter((track) => track !== null)
  const recorded = tracksOf(audio, video)
  const mimeType = recorded === null ? undefined : recordedType(recorded, (mime) => MediaRecorder.isTypeSupported(mime))
  if (mimeType === undefined) return null
  const options: Options = {
    mimeType,
    ...(kind === "sound" ? {} : { videoBitsPerSecond: bitrates[kind] }),
    audioBitsPerSecond: bitrates.audio,
    videoKeyFrameIntervalDuration: keyFrameMs
  }
  let asked = false
  let over = false
  let stoppedAt: number | undefined
  try {
    const recorder = new MediaRecorder(new MediaStream(tracks), options)
    began(mimeType, extensionOf(mimeType))
    const begun = performance.now()
    let lastChunk: number | undefined
    recorder.addEventListener("dataavailable", ({ data }) => {
      if (over || data.size === 0) return
      lastChunk = performance.now()
      chunk(data)
    })
    let end = () => {}
    const whenOver = new Promise<void>((resolve) => {
      end = () => {
        if (over) return
        over = true
        for (const track of tracks) track.removeEventListener("ended", trackEnded)
        ended((stoppedAt ?? performance.now()) - begun, asked)
        resolve()
      }
    })
    recorder.addEventListener("stop", end)
    for (const track of tracks) track.addEventListener("ended", trackEnded)
    recorder.start(timesliceMs)
    return {
      over: whenOver,
      abandon: end,
      stalled: () => performance.now() > (lastChunk === undefined ? begun + firstPatienceMs : lastChunk + patienceMs),
      empty: () => lastChunk === undefined,
      stop: () => {
        asked = true
        stoppedAt ??= performance.now()
        if (recorder.state !== "inactive") recorder.stop()
      }
    }
  } catch {
    // A type that is not supported after all, or a track that has just ended.
    return null
  }
}
