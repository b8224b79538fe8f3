import { type Accessor, createMemo, untrack } from "solid-js"
import { hostVoice } from "../../media/mixMinus.js"
import type { HostMessage } from "../../rtc/control.js"
import { type Participant, participantOf, participantsFor, sameParticipants } from "../../rtc/participants.js"
import type { GuestView } from "../../rtc/States.js"
import type { SessionModel } from "./createSession.js"
import type { createStudio } from "./createStudio.js"
import { createTold } from "./createTold.js"

interface ParticipantsOptions extends Pick<SessionModel, "ask" | "called"> {
  /** Who is in, in the order in which they came. */
  readonly guests: Accessor<ReadonlyArray<GuestView>>
  readonly studio: Pick<ReturnType<typeof createStudio>, "camera" | "microphone" | "programme">
}

/** Tells every guest in the room who else is in it, whenever that changes. */
export const createParticipants = ({ ask, called, guests, studio }: ParticipantsOptions) => {
  const everybody = createMemo<ReadonlyArray<Participant>>(
    () => [
      {
        name: called(),
        camera: studio.camera.track() !== null,
        microphone: !studio.microphone.stopped(),
        hand: false,
        shown: studio.programme.isShown(hostVoice)
      },
      ...guests().map((tile) => participantOf(tile, studio.programme.isShown(tile.peer.id)))
    ],
    [],
    { equals: sameParticipants }
  )
  const places = createMemo(() => new Map(guests().map(({ peer }, index) => [peer.id, index] as const)))
  const messageFor = (guest: string): HostMessage => {
    const place = places().get(guest)
    // The host is the first of all.
    return { type: "participants", ...participantsFor(everybody(), place === undefined ? -1 : place + 1) }
  }
  createTold({ ask, guests: () => [...places().keys()], messageFor })
  return {
    /** For a guest whose channel opens. */
    greeting: (guest: string): ReadonlyArray<HostMessage> => untrack(() => [messageFor(guest)])
  } as const
}
