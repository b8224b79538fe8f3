import type { ConnectionMessage } from "../Connection.js"

/** The most that is kept for one guest: it comes from others. */
const earlyAtMost = 64

/** Candidates that came before the offer of their connection. */
export const makeEarly = () => {
  let early: ReadonlyArray<ConnectionMessage> = []
  return {
    keep: (message: ConnectionMessage): void => {
      if (early.filter(({ from }) => from === message.from).length < earlyAtMost) early = [...early, message]
    },
    /** Those of the connection that is offered now. What else the guest has here is of older ones. */
    take: (guest: string, connection: string): ReadonlyArray<ConnectionMessage> => {
      const mine = early.filter((message) => message.from === guest && message.connection === connection)
      early = early.filter((message) => message.from !== guest)
      return mine
    }
  }
}
