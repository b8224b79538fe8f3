import type { Pictures } from "./Composer.js"

/** What a composer does when pictures come and go. A picture is a person's, or the screen's (null). */
export interface Feeding {
  /** Begins to take pictures from a live track. The returned function ends that, and leaves the track as it is. */
  readonly open: (of: string | null, track: MediaStreamTrack) => () => void
  /** The picture is gone, and no other has replaced it. */
  readonly gone: (of: string | null) => void
}

/**
 * Takes all pictures, also those that the present scene does not show: if a track were opened only when its picture is
 * wanted, a busy machine would have its first frame a quarter of a second later.
 */
export const makeFeeds = ({ gone, open }: Feeding) => {
  const feeds = new Map<string | null, { readonly track: MediaStreamTrack; readonly close: () => void }>()

  const setPictures = ({ cameras, screen }: Pictures) => {
    const present = new Map<string | null, MediaStreamTrack>(cameras)
    if (screen !== null) present.set(null, screen)
    const closed = [...feeds].filter(([of, { track }]) => present.get(of) !== track)
    for (const [of, { close }] of closed) {
      close()
      feeds.delete(of)
    }
    for (const [of, track] of present) {
      // A track that has ended brings nothing, and no processor can be made of it.
      if (!feeds.has(of) && track.readyState === "live") feeds.set(of, { track, close: open(of, track) })
    }
    for (const [of] of closed) if (!feeds.has(of)) gone(of)
  }

  return {
    setPictures,
    close: () => setPictures({ cameras: new Map(), screen: null })
  }
}
