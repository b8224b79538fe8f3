import { bitrates, extensionOf, keyFrameMs, recordedType } from "./mimes.js"
import type { Source } from "./segments.js"

/** What a segment's recorder tells. */
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
  /**
   * Whether sound waits in the browser's memory, and would be lost in a crash, for pictures that do not come: a file with
   * both is written only as far as it has both.
   */
  readonly waitsForPictures: () => boolean
  /** Resolves after `ended`. */
  readonly over: Promise<void>
}

/** Chunks come this often: what a crash can cost. */
const timesliceMs = 1_000

/** Chrome's, and not in the DOM types: https://w3c.github.io/mediacapture-record/#mediarecorderoptions-section */
interface Options extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number
}

/** Pictures that are not there after this long, when they should begin: chunks come a little late on a busy machine. */
const firstPatienceMs = 2_500

/** Pictures that have begun may stand still so long: a network's short gap makes no new file. */
const patienceMs = 6_000

/** Starts to record these tracks. Null where the browser refuses. */
export const recordSegment = (
  { audio, kind, video }: Source,
  { began, chunk, ended, trackEnded }: SegmentHearer
): SegmentRecorder | null => {
  const tracks = [audio, video].filter((track) => track !== null)
  const mimeType = recordedType(video !== null, (mime) => MediaRecorder.isTypeSupported(mime))
  if (mimeType === undefined) return null
  const options: Options = {
    mimeType,
    videoBitsPerSecond: bitrates[kind],
    audioBitsPerSecond: bitrates.audio,
    videoKeyFrameIntervalDuration: keyFrameMs
  }
  let asked = false
  let stoppedAt: number | undefined
  try {
    const recorder = new MediaRecorder(new MediaStream(tracks), options)
    began(mimeType, extensionOf(mimeType))
    const begun = performance.now()
    let lastChunk: number | undefined
    recorder.addEventListener("dataavailable", ({ data }) => {
      if (data.size === 0) return
      lastChunk = performance.now()
      chunk(data)
    })
    const over = new Promise<void>((resolve) => {
      recorder.addEventListener("stop", () => {
        for (const track of tracks) track.removeEventListener("ended", trackEnded)
        ended((stoppedAt ?? performance.now()) - begun, asked)
        resolve()
      })
    })
    for (const track of tracks) track.addEventListener("ended", trackEnded)
    recorder.start(timesliceMs)
    return {
      over,
      waitsForPictures: () =>
        tracks.length > 1 &&
        performance.now() > (lastChunk === undefined ? begun + firstPatienceMs : lastChunk + patienceMs),
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
