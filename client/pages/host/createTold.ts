import { type Accessor, createEffect, createMemo } from "solid-js"
import type { HostMessage } from "../../rtc/control.js"
import type { SessionModel } from "./createSession.js"

interface ToldOptions extends Pick<SessionModel, "ask"> {
  /** The peer ids of those who are told. */
  readonly guests: Accessor<ReadonlyArray<string>>
  readonly messageFor: (guest: string) => HostMessage
}

/** Sends each guest its message whenever that changes. */
export const createTold = ({ ask, guests, messageFor }: ToldOptions): void => {
  const messages = createMemo(() => guests().map((guest) => [guest, messageFor(guest)] as const))
  createEffect<ReadonlyMap<string, string>>((previous) => {
    const current = messages().map(([guest, message]) => [guest, message, JSON.stringify(message)] as const)
    for (const [guest, message, text] of current) {
      if (previous.get(guest) !== text) ask((calls) => calls.tell(guest, message))
    }
    return new Map(current.map(([guest, , text]) => [guest, text]))
  }, new Map())
}
