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

/** `again` is called when one of them brings something after all. */
export const makeStalls = (again: () => void): Stalls => {
  /** Each with what ends the wait for it. */
  const still = new Map<MediaStreamTrack, () => void>()

  const flowing = (track: MediaStreamTrack) => {
    if (still.delete(track)) again()
  }

  /** Which of the two is missing: sound that is missing here is missing in the file of the sound alone too. */
  const culpritOf = ({ audio, video }: Source, recorders: ReadonlyMap<Segment, SegmentRecorder>) => {
    const alone = [...recorders].find(([{ source }]) => source.kind === "sound" && source.audio === audio)
    return alone?.[1].stalled() === true ? audio : video
  }

  return {
    check: (recorders) => {
      let found = false
      for (const [{ source }, recorder] of recorders) {
        if (source.audio === null || source.video === null || !recorder.stalled()) continue
        const culprit = culpritOf(source, recorders)
        if (culprit === null || still.has(culprit)) continue
        found = true
        const waits = culprit === source.video ? awaitFrames(culprit, () => flowing(culprit)) : () => undefined
        still.set(culprit, waits)
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
