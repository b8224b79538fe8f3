import { arrange } from "./arrange.js"
import type { Pictures } from "./Composer.js"
import type { Scene } from "./scene.js"

/** What a composer does with pictures that come and go. A picture is a person's, or the screen's (null). */
export interface Feeding {
  /** Begins to take pictures from a live track. What it gives ends that, and leaves the track as it is. */
  readonly open: (of: string | null, track: MediaStreamTrack) => () => void
  /** Its picture is gone, and no other has come in its place. */
  readonly gone: (of: string | null) => void
}

/**
 * What is out of the picture is taken for so long, in milliseconds: it may be back at once, and stands there until what
 * came in its place has a first frame (`sceneSwitcher.ts`).
 */
const stays = 2_000

const nothing: Pictures = { cameras: new Map(), screen: null }

const shownIn = (scene: Scene): ReadonlySet<string | null> => {
  const { screen, tiles } = arrange(scene)
  return new Set([...tiles.map(({ person }) => person.id), ...(screen === null ? [] : [null])])
}

/** Takes the pictures that are to be seen, and no others: of 50 cameras half fit, and each costs its frames. */
export const makeFeeds = ({ gone, open }: Feeding) => {
  const feeds = new Map<string | null, { readonly track: MediaStreamTrack; readonly close: () => void }>()
  const leaving = new Map<string | null, ReturnType<typeof setTimeout>>()
  let pictures = nothing
  let shown: ReadonlySet<string | null> = new Set()

  const stay = (of: string | null) => {
    clearTimeout(leaving.get(of))
    leaving.delete(of)
  }
  const end = (of: string | null) => {
    stay(of)
    feeds.get(of)?.close()
    feeds.delete(of)
  }
  const leave = (of: string | null) => {
    const over = () => {
      end(of)
      gone(of)
    }
    if (feeds.has(of) && !leaving.has(of)) leaving.set(of, setTimeout(over, stays))
  }
  const take = (of: string | null, track: MediaStreamTrack) => {
    stay(of)
    // Nothing comes from a track that has ended, and a processor of one cannot be made.
    if (!feeds.has(of) && track.readyState === "live") feeds.set(of, { track, close: open(of, track) })
  }

  const follow = () => {
    const { cameras, screen } = pictures
    const there = new Map<string | null, MediaStreamTrack>(cameras)
    if (screen !== null) there.set(null, screen)
    const closed = [...feeds].flatMap(([of, { track }]) => (there.get(of) === track ? [] : [of]))
    closed.forEach(end)
    for (const [of, track] of there) {
      if (shown.has(of)) take(of, track)
      else leave(of)
    }
    for (const of of closed) if (!feeds.has(of)) gone(of)
  }

  return {
    setPictures: (now: Pictures) => {
      pictures = now
      follow()
    },
    /** To be called with each scene before it is drawn. */
    show: (scene: Scene) => {
      shown = shownIn(scene)
      follow()
    },
    close: () => {
      pictures = nothing
      follow()
    }
  }
}
