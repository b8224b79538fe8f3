import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from "solid-js"
import { hostVoice } from "../../media/mixing.js"
import type { HostMessage } from "../../rtc/control.js"
import type { GuestView } from "../../rtc/States.js"
import { sameOrder } from "../../solid/same.js"

/** Who stops sharing and begins anew is shown no sooner than this after the last time, in milliseconds: else all pages flicker. */
const showsEvery = 3_000

interface SharingOptions {
  /** Guests with a connection. */
  readonly guests: Accessor<ReadonlyArray<GuestView>>
  /** The host's own screen. */
  readonly screen: Accessor<MediaStreamTrack | null>
}

/**
 * Whose screen goes to all others. The newest wins, the host's or a guest's: whoever begins to share is shown at once,
 * and once that ends, whoever shared before and still does. The host can take a guest's screen out, and show it again.
 */
export const createSharing = ({ guests, screen }: SharingOptions) => {
  /** Who shares: a guest from the moment its screen comes until it says that it stops, through a new connection too. */
  const sharers = createMemo<ReadonlyArray<string>>(
    (before) => [
      ...(screen() === null ? [] : [hostVoice]),
      ...guests().flatMap(({ peer, screen, sending }) =>
        sending.screen && (screen !== null || before.includes(peer.id)) ? [peer.id] : []
      )
    ],
    [],
    { equals: sameOrder }
  )
  /** Those whose screens may be shown: the newest is last. */
  const [order, setOrder] = createSignal<ReadonlyArray<string>>([])
  /** When each was shown for having begun, and what will show those who began too soon after that. */
  const shownAt = new Map<string, number>()
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()
  const begin = (id: string) => {
    shownAt.set(id, performance.now())
    setOrder((order) => [...order.filter((other) => other !== id), id])
  }
  createEffect(
    on(sharers, (now, before) => {
      setOrder((order) => order.filter((id) => now.includes(id)))
      for (const id of before ?? []) if (!now.includes(id)) clearTimeout(waiting.get(id))
      for (const id of now.filter((id) => before?.includes(id) !== true)) {
        const wait = (shownAt.get(id) ?? Number.NEGATIVE_INFINITY) + showsEvery - performance.now()
        const later = () => setTimeout(() => begin(id), wait)
        if (wait <= 0) begin(id)
        else waiting.set(id, later())
      }
    })
  )
  onCleanup(() => waiting.forEach(clearTimeout))
  const sharer = createMemo(() => order().at(-1) ?? null)

  const track = createMemo(() => {
    const id = sharer()
    if (id === hostVoice) return screen()
    return (
      guests()
        .find(({ peer }) => peer.id === id)
        ?.screen?.getVideoTracks()[0] ?? null
    )
  })

  return {
    /** The peer id of whoever's screen all see; the host's is `hostVoice`. Null: nobody's. */
    sharer,
    /** That screen. Null while its connection is mended, too. */
    track,
    /** What this guest gets on the second video: never its own. */
    trackFor: (guest: string) => (sharer() === guest ? null : track()),
    /** Takes a guest's screen out for all others, or shows it. */
    toggle: (guest: string) => {
      if (!untrack(sharers).includes(guest)) return
      clearTimeout(waiting.get(guest))
      const shown = untrack(sharer) === guest
      setOrder((order) => [...order.filter((id) => id !== guest), ...(shown ? [] : [guest])])
    },
    messageFor: (guest: string): HostMessage => {
      const id = sharer()
      const name = guests().find(({ peer }) => peer.id === id)?.peer.name ?? null
      return { type: "sharing", on: id !== null, name, you: id === guest }
    }
  } as const
}
