import { createEffect, createSignal, on } from "solid-js"
import type { DeviceModel } from "../../features/devices/createDevice.js"
import type { SessionModel } from "./createSession.js"

interface TalkbackOptions extends Pick<SessionModel, "ask" | "guests" | "state"> {
  readonly microphone: Pick<DeviceModel, "muted" | "off" | "stopped" | "turnOff" | "turnOn">
}

/** The guest to whom alone the host speaks. */
export const createTalkback = ({ ask, guests, microphone, state }: TalkbackOptions) => {
  const [talkingTo, setTalkingTo] = createSignal<string | null>(null)
  /** Who went while the host spoke to them alone: the host was muted for it, and has not unmuted since. */
  const [mutedFor, setMutedFor] = createSignal<string | null>(null)
  /** The host was muted before, and is again once the word is said. */
  let mutedBefore = false
  createEffect(
    on(guests, (now, before) => {
      const guest = talkingTo()
      if (guest === null || now.some(({ peer, state }) => peer.id === guest && state !== "Away")) return
      const within = state()._tag === "Listening" || state()._tag === "Starting"
      if (within && !microphone.off() && !microphone.muted()) {
        // First of all: the word is meant for nobody else.
        microphone.turnOff()
        setMutedFor([...now, ...(before ?? [])].find(({ peer }) => peer.id === guest)?.peer.name ?? null)
      }
      setTalkingTo(null)
    })
  )
  createEffect(() => {
    if (!microphone.stopped()) setMutedFor(null)
  })
  createEffect(
    on(talkingTo, (now, before) => {
      if (before !== null && before !== undefined) {
        ask((calls) => calls.tell(before, { type: "talkback", on: false }))
      }
      if (now !== null) ask((calls) => calls.tell(now, { type: "talkback", on: true }))
    })
  )
  return {
    talkingTo,
    mutedFor,
    dismissMutedFor: () => void setMutedFor(null),
    /** Speaks to this guest alone, or to all again. Whoever talks is heard: a muted host is unmuted for that long. */
    talkTo: (guest: string) => {
      const alone = talkingTo() === guest ? null : guest
      if (talkingTo() === null) mutedBefore = microphone.stopped()
      // First of all: the next word is meant for nobody.
      if (alone === null && mutedBefore && !microphone.stopped()) microphone.turnOff()
      setTalkingTo(alone)
      if (alone !== null && microphone.stopped()) microphone.turnOn()
    }
  } as const
}
