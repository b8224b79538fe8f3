import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js"
import type { GuestView } from "../../rtc/States.js"

/**
 * Who is large on the host's own page: whom the host enlarged there, else who is large for everybody. `forAll`: the id
 * of that person, from `createProgrammeLayout.ts`, or of the person whose screen is large.
 */
export const createLargeTile = (guests: Accessor<ReadonlyArray<GuestView>>, forAll: Accessor<string | null>) => {
  const [enlarged, setEnlarged] = createSignal<string | null>(null)
  const live = (id: string | null) =>
    guests().some(({ peer, state }) => peer.id === id && state === "Live") ? id : null
  createEffect(
    on(guests, (current) => {
      if (!current.some(({ peer }) => peer.id === enlarged())) setEnlarged(null)
    })
  )
  return {
    /** The peer id of the guest whose tile is large. */
    large: createMemo(() => live(enlarged()) ?? live(forAll())),
    /** Whom the host enlarged. */
    enlarged,
    /** Toggles whether this guest is large, on this page only. */
    enlarge: (id: string) => void setEnlarged((current) => (current === id ? null : id)),
    shrink: () => void setEnlarged(null)
  } as const
}
