import type { Pictures } from "./Composer.js"

/** What a composer does with pictures that come and go. A picture is a person's, or the screen's (null). */
export interface Feeding {
  /** Begins to take pictures from a live track. What it gives ends that, and leaves the track as it is. */
  readonly open: (of: string | null, track: MediaStreamTrack) => () => void
  /** Its picture is gone, and no other has come in its place. */
  readonly gone: (of: string | null) => void
}

/**
 * Takes all pictures that there are, those as well that the scene of now does not show: of a track that is opened only
 * when its picture is wanted a busy machine has the first frame a quarter of a second later.
 */
export const makeFeeds = ({ gone, open }: Feeding) => {
  const feeds = new Map<string | null, { readonly track: MediaStreamTrack; readonly close: () => void }>()

  const setPictures = ({ cameras, screen }: Pictures) => {
    const there = new Map<string | null, MediaStreamTrack>(cameras)
    if (screen !== null) there.set(null, screen)
    const closed = [...feeds].filter(([of, { track }]) => there.get(of) !== track)
    for (const [of, { close }] of closed) {
      close()
      feeds.delete(of)
    }
    for (const [of, track] of there) {
      // Nothing comes from a track that has ended, and a processor of one cannot be made.
      if (!feeds.has(of) && track.readyState === "live") feeds.set(of, { track, close: open(of, track) })
    }
    for (const [of] of closed) if (!feeds.has(of)) gone(of)
  }

  return {
    setPictures,
    close: () => setPictures({ cameras: new Map(), screen: null })
  }
}
