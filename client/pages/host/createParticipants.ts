import { type Accessor, createEffect, createMemo, untrack } from "solid-js"
import type { HostMessage } from "../../rtc/control.js"
import { type Participant, participantOf, participantsFor, sameParticipants } from "../../rtc/participants.js"
import type { GuestView } from "../../rtc/States.js"
import type { SessionModel } from "./createSession.js"
import type { createStudio } from "./createStudio.js"

interface ParticipantsOptions extends Pick<SessionModel, "ask" | "called"> {
  /** Who is in, in the order in which they came. */
  readonly guests: Accessor<ReadonlyArray<GuestView>>
  readonly studio: Pick<ReturnType<typeof createStudio>, "camera" | "microphone">
}

/** Tells every guest who is in, whenever that changes. */
export const createParticipants = ({ ask, called, guests, studio }: ParticipantsOptions) => {
  const everybody = createMemo<ReadonlyArray<Participant>>(
    () => [
      {
        name: called(),
        camera: studio.camera.track() !== null,
        microphone: !studio.microphone.stopped(),
        hand: false
      },
      ...guests().map(participantOf)
    ],
    [],
    { equals: sameParticipants }
  )
  createEffect(() => {
    const now = everybody()
    // The host is the first of all.
    untrack(guests).forEach(({ peer }, index) => {
      ask((calls) => calls.tell(peer.id, { type: "participants", ...participantsFor(now, index + 1) }))
    })
  })
  return {
    /** For a guest whose channel opens. */
    greeting: (guest: string): ReadonlyArray<HostMessage> =>
      untrack(() => {
        const index = guests().findIndex(({ peer }) => peer.id === guest)
        return [{ type: "participants", ...participantsFor(everybody(), index < 0 ? -1 : index + 1) }]
      })
  } as const
}
