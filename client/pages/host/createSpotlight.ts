import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js"
import { type Speaking, silence, speakingAfter } from "../../media/speaking.js"
import { browserMemory } from "../../memory.js"
import type { GuestTile } from "../../rtc/States.js"

const sameMembers = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  one.size === other.size && [...one].every((id) => other.has(id))

/** Who is large: whom the host picked, else who speaks where the host wants that. */
export const createSpotlight = (
  guests: Accessor<ReadonlyArray<GuestTile>>,
  levels: Accessor<ReadonlyMap<string, number>>
) => {
  const [picked, setPicked] = createSignal<string | null>(null)
  const [follows, setFollows] = createSignal(browserMemory.get("follow-speaker") !== null)

  const speech = createMemo<Speaking>((before) => speakingAfter(before, levels(), performance.now()), silence)
  const speaking = createMemo(() => speech().now, new Set<string>(), { equals: sameMembers })
  const lead = createMemo(() => speech().lead)

  const here = (id: string | null) =>
    guests().some(({ peer, state }) => peer.id === id && state === "Live") ? id : null
  const shown = createMemo(() => here(picked()) ?? (follows() ? here(lead()) : null))

  createEffect(
    on(guests, (now) => {
      if (!now.some(({ peer }) => peer.id === picked())) setPicked(null)
    })
  )

  return {
    /** The peer id of the guest who is large. */
    shown,
    picked,
    pick: (id: string) => setPicked((now) => (now === id ? null : id)),
    follows,
    setFollows: (on: boolean) => {
      setFollows(on)
      if (on) browserMemory.set("follow-speaker", "1")
      else browserMemory.remove("follow-speaker")
    },
    speaking
  } as const
}
