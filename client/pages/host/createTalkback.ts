import { createEffect, createSignal, on } from "solid-js"
import type { DeviceModel } from "../../features/devices/createDevice.js"
import type { SessionModel } from "./createSession.js"

interface TalkbackOptions extends Pick<SessionModel, "ask" | "guests" | "state"> {
  readonly microphone: Pick<DeviceModel, "muted" | "off" | "stopped" | "turnOff" | "turnOn">
}

/** Lets the host speak to one guest only. */
export const createTalkback = ({ ask, guests, microphone, state }: TalkbackOptions) => {
  const [talkingTo, setTalkingTo] = createSignal<string | null>(null)
  /**
   * The name of a guest who left while the host spoke only to them. The host was muted because of that, and has not
   * unmuted since.
   */
  const [mutedFor, setMutedFor] = createSignal<string | null>(null)
  /** The host was muted before the talkback, and is muted again after it. */
  let mutedBefore = false
  createEffect(
    on(guests, (current, previous) => {
      const guest = talkingTo()
      if (guest === null || current.some(({ peer, state }) => peer.id === guest && state !== "Away")) return
      const within = state()._tag === "Listening" || state()._tag === "Starting"
      if (within && !microphone.off() && !microphone.muted()) {
        // Before all else: what the host says now is meant for nobody else.
        microphone.turnOff()
        setMutedFor([...current, ...(previous ?? [])].find(({ peer }) => peer.id === guest)?.peer.name ?? null)
      }
      setTalkingTo(null)
    })
  )
  createEffect(() => {
    if (!microphone.stopped()) setMutedFor(null)
  })
  createEffect(
    on(talkingTo, (current, previous) => {
      if (previous !== null && previous !== undefined) {
        ask((calls) => calls.tell(previous, { type: "talkback", on: false }))
      }
      if (current !== null) ask((calls) => calls.tell(current, { type: "talkback", on: true }))
    })
  )
  return {
    talkingTo,
    mutedFor,
    dismissMutedFor: () => void setMutedFor(null),
    /** Speaks to this guest only, or to all again. A muted host is unmuted meanwhile. */
    talkTo: (guest: string) => {
      const recipient = talkingTo() === guest ? null : guest
      if (talkingTo() === null) mutedBefore = microphone.stopped()
      // Before all else: what the host says next is meant for nobody.
      if (recipient === null && mutedBefore && !microphone.stopped()) microphone.turnOff()
      setTalkingTo(recipient)
      if (recipient !== null && microphone.stopped()) microphone.turnOn()
    }
  } as const
}
