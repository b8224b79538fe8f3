import { bitrates, extensionOf, keyFrameMs, recordedType, tracksOf } from "./mimes.js"
import type { Source } from "./segments.js"

/** Gets the reports of a segment's recorder. */
export interface SegmentObserver {
  /** Before anything else, if it can be recorded at all. */
  readonly began: (mime: string, extension: string) => void
  readonly chunk: (chunk: Blob) => void
  /** One of its tracks has ended. */
  readonly trackEnded: () => void
  /** Last, after all chunks. `asked`: after `stop`; else the browser gave up, or there are no tracks left. */
  readonly ended: (lastedMs: number, asked: boolean) => void
}

export interface SegmentRecorder {
  readonly stop: () => void
  /** Waits no longer for a browser that does not stop: anything that comes later is ignored. */
  readonly abandon: () => void
  /** Whether no chunk has come for longer than a busy machine explains. */
  readonly stalled: () => boolean
  /** Whether anything was recorded yet. */
  readonly empty: () => boolean
  /** Resolves after `ended`. */
  readonly over: Promise<void>
}

/** Chunks come this often: a crash can cost that much. */
const timesliceMs = 1_000

/** Only in Chrome, and not in the DOM types: https://w3c.github.io/mediacapture-record/#mediarecorderoptions-section */
interface Options extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number
}

/** The first chunk may take this long: chunks come a little late on a busy machine. */
const firstChunkTimeoutMs = 2_500

/** The next chunk may take this long: a short gap of the network makes no new file. */
const chunkTimeoutMs = 6_000

/** Starts to record these tracks. Null: the browser refuses. */
export const recordSegment = (
  { audio, kind, video }: Source,
  { began, chunk, ended, trackEnded }: SegmentObserver
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
  let stopRequested = false
  let isOver = false
  let stoppedAt: number | undefined
  try {
    const recorder = new MediaRecorder(new MediaStream(tracks), options)
    began(mimeType, extensionOf(mimeType))
    const begun = performance.now()
    let lastChunk: number | undefined
    recorder.addEventListener("dataavailable", ({ data }) => {
      if (isOver || data.size === 0) return
      lastChunk = performance.now()
      chunk(data)
    })
    let end = () => {}
    const whenOver = new Promise<void>((resolve) => {
      end = () => {
        if (isOver) return
        isOver = true
        for (const track of tracks) track.removeEventListener("ended", trackEnded)
        ended((stoppedAt ?? performance.now()) - begun, stopRequested)
        resolve()
      }
    })
    recorder.addEventListener("stop", end)
    for (const track of tracks) track.addEventListener("ended", trackEnded)
    recorder.start(timesliceMs)
    return {
      over: whenOver,
      abandon: end,
      stalled: () =>
        performance.now() > (lastChunk === undefined ? begun + firstChunkTimeoutMs : lastChunk + chunkTimeoutMs),
      empty: () => lastChunk === undefined,
      stop: () => {
        stopRequested = true
        stoppedAt ??= performance.now()
        if (recorder.state !== "inactive") recorder.stop()
      }
    }
  } catch {
    // A type that is not supported after all, or a track that has just ended.
    return null
  }
}
