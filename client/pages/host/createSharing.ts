import { type Accessor, createEffect, createMemo, createSignal, mapArray, on, onCleanup, untrack } from "solid-js"
import { hostVoice } from "../../media/mixMinus.js"
import type { onFirstFrame } from "../../media/unseenVideo.js"
import type { HostMessage } from "../../rtc/control.js"
import type { GuestView } from "../../rtc/States.js"
import { sameOrder } from "../../solid/same.js"

/** Somebody who starts to share again is shown at most once in this time, in milliseconds: pages must not flicker. */
const minShowInterval = 3_000

interface SharingOptions {
  /** Guests with a connection. */
  readonly guests: Accessor<ReadonlyArray<GuestView>>
  /** The host's own screen. */
  readonly screen: Accessor<MediaStreamTrack | null>
  readonly onFirstFrame: typeof onFirstFrame
}

/**
 * Whose screen goes to all others. The newest wins, the host's or a guest's: a new one is shown at once, and when it
 * ends, the previous one that is still shared. The host can take a guest's screen out, and show it again.
 */
export const createSharing = ({ guests, onFirstFrame, screen }: SharingOptions) => {
  const screenOf = (guest: string | null) =>
    guests()
      .find(({ peer }) => peer.id === guest)
      ?.screen?.getVideoTracks()[0] ?? null

  /** The guests whose pages report that they share. */
  const announced = createMemo<ReadonlyArray<string>>(
    () => guests().flatMap(({ peer, sending }) => (sending.screen ? [peer.id] : [])),
    [],
    { equals: sameOrder }
  )
  /**
   * Each of these guests, and whether a frame of the screen has come. A screen is shown only after its first frame,
   * because all would look at nothing until then. A second is not awaited: a screen on which nothing changes sends
   * none.
   */
  const announcements = createMemo(
    mapArray(announced, (guest) => {
      const [begun, setBegun] = createSignal(false)
      const track = createMemo(() => screenOf(guest))
      createEffect(() => {
        const next = begun() ? null : track()
        if (next !== null) onCleanup(onFirstFrame(next, () => setBegun(true)))
      })
      return { guest, begun, markBegun: () => setBegun(true) }
    })
  )
  /** Who shares: a guest from the first frame until its page reports the end, through a new connection too. */
  const sharers = createMemo<ReadonlyArray<string>>(
    () => [
      ...(screen() === null ? [] : [hostVoice]),
      ...announcements().flatMap(({ begun, guest }) => (begun() ? [guest] : []))
    ],
    [],
    { equals: sameOrder }
  )
  /** Those whose screens may be shown: the newest is last. */
  const [order, setOrder] = createSignal<ReadonlyArray<string>>([])
  /** When each was last shown, and the timers of those who began again too soon after that. */
  const shownAt = new Map<string, number>()
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()
  const stopWaiting = (id: string) => {
    clearTimeout(waiting.get(id))
    waiting.delete(id)
  }
  const takeOut = (id: string) => {
    stopWaiting(id)
    setOrder((order) => order.filter((other) => other !== id))
  }
  const show = (id: string) => {
    stopWaiting(id)
    shownAt.set(id, performance.now())
    setOrder((order) => [...order.filter((other) => other !== id), id])
  }
  createEffect(
    on(sharers, (current, previous) => {
      setOrder((order) => order.filter((id) => current.includes(id)))
      for (const id of previous ?? []) if (!current.includes(id)) stopWaiting(id)
      for (const [id, at] of shownAt) if (performance.now() - at > minShowInterval) shownAt.delete(id)
      for (const id of current.filter((id) => previous?.includes(id) !== true)) {
        const wait = (shownAt.get(id) ?? Number.NEGATIVE_INFINITY) + minShowInterval - performance.now()
        if (wait <= 0) show(id)
        else waiting.set(id, setTimeout(show, wait, id))
      }
    })
  )
  onCleanup(() => waiting.forEach(clearTimeout))
  const sharer = createMemo(() => order().at(-1) ?? null)

  const track = createMemo(() => {
    const id = sharer()
    return id === hostVoice ? screen() : screenOf(id)
  })

  return {
    /** The peer id of the person whose screen all see; the host's is `hostVoice`. Null: nobody's. */
    sharer,
    /** That screen. Null also while its connection recovers. */
    track,
    /** What this guest gets on the second video: never its own. */
    trackFor: (guest: string) => (sharer() === guest ? null : track()),
    /** Takes a guest's screen out for all others, or shows it. */
    toggle: (guest: string) => {
      if (untrack(sharer) === guest) return takeOut(guest)
      // The host's press counts as much as a first frame.
      untrack(announcements)
        .find((one) => one.guest === guest)
        ?.markBegun()
      if (untrack(sharers).includes(guest)) show(guest)
    },
    messageFor: (guest: string): HostMessage => {
      const id = sharer()
      const name = guests().find(({ peer }) => peer.id === id)?.peer.name ?? null
      return { type: "sharing", on: id !== null, name, you: id === guest }
    }
  } as const
}
