/** Who is in, as every guest is told: plain values, which pages read before the calls are loaded. */
import type { GuestView } from "./States.js"

/** The most people that a message lists: even with their longest names they fit into one. */
export const maxParticipants = 64

/** One person who is in. */
export interface Participant {
  readonly name: string
  readonly camera: boolean
  readonly microphone: boolean
  /** The hand is raised. */
  readonly hand: boolean
  /** In the picture that comes from the host. */
  readonly shown: boolean
}

/** What one guest is told. */
export interface Participants {
  /** The host first, then the guests in the order in which they came. */
  readonly list: ReadonlyArray<Participant>
  /** How many are in, including the host and those beyond the list. */
  readonly total: number
  /** The guest's own index in the list. Null: it is not in the list. */
  readonly you: number | null
}

/** A guest as the others are told of it. `shown`: it is in the picture that they get. */
export const participantOf = ({ hand, peer, sending }: GuestView, shown: boolean): Participant => ({
  name: peer.name,
  camera: sending.camera,
  microphone: sending.microphone,
  hand: hand !== null,
  shown
})

/** Whether both lists are equal. */
export const sameParticipants = (one: ReadonlyArray<Participant>, other: ReadonlyArray<Participant>): boolean =>
  one.length === other.length &&
  one.every(({ camera, hand, microphone, name, shown }, index) => {
    const counterpart = other[index]
    return (
      name === counterpart?.name &&
      camera === counterpart.camera &&
      microphone === counterpart.microphone &&
      hand === counterpart.hand &&
      shown === counterpart.shown
    )
  })

/** What the guest at this index of the list of all is told. Negative or beyond its end: the guest is not in it. */
export const participantsFor = (everybody: ReadonlyArray<Participant>, index: number): Participants => ({
  list: everybody.slice(0, maxParticipants),
  total: everybody.length,
  you: index >= 0 && index < Math.min(everybody.length, maxParticipants) ? index : null
})
