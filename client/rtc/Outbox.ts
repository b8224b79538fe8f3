import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { GuestMessage, HostMessage } from "./control.js"
import { historyOf } from "./history.js"
import { makeRateLimit, stateSent, talkSent } from "./rateLimits.js"
import { outboxRetry } from "./timings.js"

type ControlMessage = GuestMessage | HostMessage

/** The most talk that waits for one peer. */
const maxWaiting = 200

/**
 * What waits to be said to one peer, through however many control channels. State goes before talk and is never given
 * up: a newer one takes the place of an older one of its kind. Talk is what people write, of which every line matters.
 */
export interface Outbox<A> {
  /** Sends it as soon as a channel is open and the rate limit allows. */
  readonly say: (message: A) => Effect.Effect<void>
  /**
   * Sends the greeting and then what waits, for as long as the channel is open: to be interrupted when it closes.
   * `send` says whether the channel took the message.
   */
  readonly drain: (greeting: ReadonlyArray<A>, send: (message: A) => Effect.Effect<boolean>) => Effect.Effect<never>
}

const isTalk = ({ type }: ControlMessage) => type === "chat" || type === "history"

/** The lines that a message brings. A line without an id is like no other. */
const linesOf = (message: ControlMessage): ReadonlyArray<string | undefined> => {
  if (message.type === "history") return message.lines.map(({ id }) => id)
  return message.type === "chat" ? [message.id] : []
}

/** The lines that wait, but those that come again. */
const without = <A extends ControlMessage>(talk: ReadonlyArray<A>, again: ReadonlyArray<string | undefined>) =>
  talk.filter((waits) => waits.type !== "chat" || waits.id === undefined || !again.includes(waits.id))

/** How the first of what waits travels: as it is, or several in one message. */
type Pack<A> = (talk: readonly [A, ...ReadonlyArray<A>]) => { readonly message: A; readonly holds: number }

const oneByOne = <A>([first]: readonly [A, ...ReadonlyArray<A>]) => ({ message: first, holds: 1 })

/** Lines that have to wait travel together, so that many who write hold up nobody. */
export const inBatches: Pack<HostMessage> = (talk) => {
  const other = talk.findIndex(({ type }) => type !== "chat")
  const lines = talk
    .slice(0, other < 0 ? talk.length : other)
    .flatMap((message) => (message.type === "chat" ? [message] : []))
    .map(({ type: _, ...line }) => line)
  const [batch] = historyOf(lines)
  return batch === undefined || batch.lines.length < 2 ? oneByOne(talk) : { message: batch, holds: batch.lines.length }
}

/** An outbox with nothing in it. What is said while no channel is open waits for the next. */
export const makeOutbox = <A extends ControlMessage>(pack: Pack<A> = oneByOne): Outbox<A> => {
  const something = Effect.unsafeMakeLatch(false)
  const limits = { state: makeRateLimit(stateSent), talk: makeRateLimit(talkSent) }
  /** The latest of each kind. */
  let states: ReadonlyMap<string, A> = new Map()
  let talk: ReadonlyArray<A> = []

  /** What is to be sent now, and what to do once it is; or how long to wait. */
  const next = (now: number) => {
    const [state] = states.values()
    const [first, ...others] = talk
    const rests = {
      state: state === undefined ? Number.POSITIVE_INFINITY : limits.state.rest(now),
      talk: first === undefined ? Number.POSITIVE_INFINITY : limits.talk.rest(now)
    }
    if (state !== undefined && rests.state === 0) {
      const sent = (at: number) => {
        limits.state.pass(at)
        states = new Map([...states].filter(([, waits]) => waits !== state))
      }
      return { message: state, sent, rest: 0 }
    }
    if (first !== undefined && rests.talk === 0) {
      const { holds, message } = pack([first, ...others])
      const held = new Set(talk.slice(0, holds))
      const sent = (at: number) => {
        limits.talk.pass(at)
        talk = talk.filter((waits) => !held.has(waits))
      }
      return { message, sent, rest: 0 }
    }
    return { message: null, sent: () => undefined, rest: Math.min(rests.state, rests.talk) }
  }

  return {
    say: (message) =>
      Effect.suspend(() => {
        something.unsafeOpen()
        if (!isTalk(message)) {
          states = new Map([...[...states].filter(([type]) => type !== message.type), [message.type, message]])
          return Effect.void
        }
        talk = [...without(talk, linesOf(message)), message]
        if (talk.length <= maxWaiting) return Effect.void
        talk = talk.slice(1)
        return Effect.logWarning("The oldest line for a peer that takes none was given up.")
      }),
    drain: (greeting, send) =>
      Effect.gen(function* () {
        // What waited is older than the greeting: it gives way where both tell the same.
        const greets = new Map<string, A>(
          greeting.filter((message) => !isTalk(message)).map((message) => [message.type, message])
        )
        states = new Map([...greets, ...[...states].filter(([type]) => !greets.has(type))])
        const lines = talk.filter(({ type }) => type === "chat")
        talk = [...greeting.filter(isTalk), ...without(lines, greeting.flatMap(linesOf))]
        while (true) {
          something.unsafeClose()
          const now = next(yield* Clock.currentTimeMillis)
          if (now.message === null) {
            const rest = Number.isFinite(now.rest) ? Effect.sleep(Duration.millis(now.rest)) : Effect.never
            yield* Effect.raceFirst(rest, something.await)
          } else if (yield* send(now.message)) now.sent(yield* Clock.currentTimeMillis)
          else yield* Effect.sleep(outboxRetry)
        }
      })
  }
}
