import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js"
import { browserMemory } from "../../browser/memory.js"
import { type Speaking, silence, speakingAfter } from "../../media/speaking.js"
import type { GuestView } from "../../rtc/States.js"

const sameMembers = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  one.size === other.size && [...one].every((id) => other.has(id))

/**
 * Whom everybody sees: whom the host picked, else who speaks where the host wants that. And who is large on the host's
 * own page: whom the host enlarged there, else whom everybody sees.
 */
export const createSpotlight = (
  guests: Accessor<ReadonlyArray<GuestView>>,
  levels: Accessor<ReadonlyMap<string, number>>
) => {
  const [picked, setPicked] = createSignal<string | null>(null)
  const [enlarged, setEnlarged] = createSignal<string | null>(null)
  const [follows, setFollows] = createSignal(browserMemory.get("follow-speaker") !== null)

  const speech = createMemo<Speaking>((before) => speakingAfter(before, levels(), performance.now()), silence)
  const speaking = createMemo(() => speech().now, new Set<string>(), { equals: sameMembers })
  const lead = createMemo(() => speech().lead)

  const here = (id: string | null) =>
    guests().some(({ peer, state }) => peer.id === id && state === "Live") ? id : null
  const shown = createMemo(() => here(picked()) ?? (follows() ? here(lead()) : null))

  const large = createMemo(() => here(enlarged()) ?? shown())

  createEffect(
    on(guests, (now) => {
      if (!now.some(({ peer }) => peer.id === picked())) setPicked(null)
      if (!now.some(({ peer }) => peer.id === enlarged())) setEnlarged(null)
    })
  )

  return {
    /** The peer id of the guest whom everybody sees. */
    shown,
    picked,
    /** The peer id of the guest who is large on this page. */
    large,
    /** Large on this page alone, or no more. */
    enlarge: (id: string) => setEnlarged((now) => (now === id ? null : id)),
    enlarged,
    shrink: () => setEnlarged(null),
    /** What everybody sees, or no more. */
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
