import { awaitFrames } from "./awaitFrames.js"
import type { SegmentRecorder } from "./segmentRecorder.js"
import type { Segment, Source } from "./segments.js"

/** Tracks that bring nothing now. A recorder of two would hold back what the other brings until a crash loses it. */
export interface Stalls {
  /** Finds recorders that wait for a track that brings nothing. Returns whether there is a new one. */
  readonly check: (recorders: ReadonlyMap<Segment, SegmentRecorder>) => boolean
  /** The track, or null while it brings nothing. */
  readonly unlessStalled: (track: MediaStreamTrack | null) => MediaStreamTrack | null
  /** This source's recorder has delivered a chunk. */
  readonly flows: (source: Source) => void
  /** Forgets tracks that are not among these. */
  readonly keep: (tracks: ReadonlyArray<MediaStreamTrack>) => void
}

/** Three chunks of half a second show that pictures flow: if that takes no longer than this, they never stopped. */
const neverStoppedMs = 2_000

/** `resumed` is called when one of them brings something again. */
export const makeStalls = (resumed: () => void): Stalls => {
  /** The stalled tracks, each with what ends the wait for it. */
  const stalled = new Map<MediaStreamTrack, () => void>()
  /** Pictures that were suspected to be missing, and came all the time. */
  const cleared = new WeakSet<MediaStreamTrack>()

  const flowing = (track: MediaStreamTrack) => {
    if (stalled.delete(track)) resumed()
  }

  /**
   * Which of the two is missing: sound that is missing here is missing in the file of the sound, too. For a screen
   * there is no such file: there the pictures are suspected first.
   */
  const culpritOf = ({ audio, video }: Source, recorders: ReadonlyMap<Segment, SegmentRecorder>) => {
    const soundRecorder = [...recorders].find(([{ source }]) => source.kind === "sound" && source.audio === audio)?.[1]
    const soundIsMissing = soundRecorder === undefined ? video !== null && cleared.has(video) : soundRecorder.stalled()
    return soundIsMissing ? audio : video
  }

  /** Waits for pictures. Those that come at once were never missing. */
  const waitFor = (video: MediaStreamTrack) => {
    const since = performance.now()
    return awaitFrames(video, () => {
      if (performance.now() - since < neverStoppedMs) cleared.add(video)
      flowing(video)
    })
  }

  return {
    check: (recorders) => {
      let found = false
      for (const [{ source }, recorder] of recorders) {
        if (source.audio === null || source.video === null || !recorder.stalled()) continue
        const culprit = culpritOf(source, recorders)
        if (culprit === null || stalled.has(culprit)) continue
        found = true
        stalled.set(culprit, culprit === source.video ? waitFor(culprit) : () => undefined)
      }
      return found
    },
    unlessStalled: (track) => (track === null || stalled.has(track) ? null : track),
    flows: ({ audio, kind }) => {
      // In a microtask: a recorder must not be called while it reports a chunk.
      if (kind === "sound" && audio !== null && stalled.has(audio)) queueMicrotask(() => flowing(audio))
    },
    keep: (tracks) => {
      const present = new Set(tracks)
      for (const [track, stop] of stalled) {
        if (present.has(track) && track.readyState === "live") continue
        stop()
        stalled.delete(track)
      }
    }
  }
}
