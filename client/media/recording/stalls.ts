import { awaitFrames } from "./awaitFrames.js"
import type { SegmentRecorder } from "./segmentRecorder.js"
import type { Segment, Source } from "./segments.js"

/** Tracks that bring nothing now. A recorder of both would hold back what the other brings until a crash loses it. */
export interface Stalls {
  /** Checks which recorders wait for a track that brings nothing. Whether there is a new one. */
  readonly check: (recorders: ReadonlyMap<Segment, SegmentRecorder>) => boolean
  /** The track, or null while it brings nothing. */
  readonly unlessStalled: (track: MediaStreamTrack | null) => MediaStreamTrack | null
  /** This source's recorder has given something. */
  readonly flows: (source: Source) => void
  /** Forgets tracks that are not among these. */
  readonly keep: (tracks: ReadonlyArray<MediaStreamTrack>) => void
}

/** Three chunks of half a second show that pictures flow: no later than this where they never stopped, in milliseconds. */
const atOnce = 2_000

/** `again` is called when one of them brings something after all. */
export const makeStalls = (again: () => void): Stalls => {
  /** Each with what ends the wait for it. */
  const still = new Map<MediaStreamTrack, () => void>()
  /** Pictures that were taken to be missing, and came all the while. */
  const cleared = new WeakSet<MediaStreamTrack>()

  const flowing = (track: MediaStreamTrack) => {
    if (still.delete(track)) again()
  }

  /**
   * Which of the two is missing: sound that is missing here is missing in the file of the sound alone too. Of a screen there
   * is no such file: there the pictures are looked at first.
   */
  const culpritOf = ({ audio, video }: Source, recorders: ReadonlyMap<Segment, SegmentRecorder>) => {
    const alone = [...recorders].find(([{ source }]) => source.kind === "sound" && source.audio === audio)?.[1]
    const soundIsMissing = alone === undefined ? video !== null && cleared.has(video) : alone.stalled()
    return soundIsMissing ? audio : video
  }

  /** Waits for pictures. Those that come at once were never missing. */
  const waitFor = (video: MediaStreamTrack) => {
    const since = performance.now()
    return awaitFrames(video, () => {
      if (performance.now() - since < atOnce) cleared.add(video)
      flowing(video)
    })
  }

  return {
    check: (recorders) => {
      let found = false
      for (const [{ source }, recorder] of recorders) {
        if (source.audio === null || source.video === null || !recorder.stalled()) continue
        const culprit = culpritOf(source, recorders)
        if (culprit === null || still.has(culprit)) continue
        found = true
        still.set(culprit, culprit === source.video ? waitFor(culprit) : () => undefined)
      }
      return found
    },
    unlessStalled: (track) => (track === null || still.has(track) ? null : track),
    flows: ({ audio, kind }) => {
      // In a microtask: a recorder that reports a chunk is not called back from within.
      if (kind === "sound" && audio !== null && still.has(audio)) queueMicrotask(() => flowing(audio))
    },
    keep: (tracks) => {
      const present = new Set(tracks)
      for (const [track, stop] of still) {
        if (present.has(track) && track.readyState === "live") continue
        stop()
        still.delete(track)
      }
    }
  }
}
