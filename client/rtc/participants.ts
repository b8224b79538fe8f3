/** Who is in, as every guest is told of it: plain values, which pages read before the calls are loaded. */
import type { GuestView } from "./States.js"

/** The most people whom a message names: at their longest names it still fits into one. */
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
  /** How many are in: the host, and those too whom the list does not name. */
  readonly total: number
  /** The guest's own place in the list. Null where the list does not name it. */
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

/** Whether both lists say the same of the same people. */
export const sameParticipants = (one: ReadonlyArray<Participant>, other: ReadonlyArray<Participant>): boolean =>
  one.length === other.length &&
  one.every(({ camera, hand, microphone, name, shown }, place) => {
    const now = other[place]
    return (
      name === now?.name &&
      camera === now.camera &&
      microphone === now.microphone &&
      hand === now.hand &&
      shown === now.shown
    )
  })

/** What the guest at this place of the list of all is told, from 0. Negative or beyond its end: the guest is not in it. */
export const participantsFor = (everybody: ReadonlyArray<Participant>, place: number): Participants => ({
  list: everybody.slice(0, maxParticipants),
  total: everybody.length,
  you: place >= 0 && place < Math.min(everybody.length, maxParticipants) ? place : null
})
