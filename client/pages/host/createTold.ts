import { type Accessor, createEffect, createMemo } from "solid-js"
import type { HostMessage } from "../../rtc/control.js"
import type { SessionModel } from "./createSession.js"

interface ToldOptions extends Pick<SessionModel, "ask"> {
  /** The peer ids of those who are told. */
  readonly guests: Accessor<ReadonlyArray<string>>
  readonly messageFor: (guest: string) => HostMessage
}

/** Tells each guest what is meant for it, whenever that is another message than before. */
export const createTold = ({ ask, guests, messageFor }: ToldOptions): void => {
  const messages = createMemo(() => guests().map((guest) => [guest, messageFor(guest)] as const))
  createEffect<ReadonlyMap<string, string>>((before) => {
    const now = messages().map(([guest, message]) => [guest, message, JSON.stringify(message)] as const)
    for (const [guest, message, text] of now) {
      if (before.get(guest) !== text) ask((calls) => calls.tell(guest, message))
    }
    return new Map(now.map(([guest, , text]) => [guest, text]))
  }, new Map())
}
