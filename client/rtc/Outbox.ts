import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { GuestMessage, HostMessage } from "./control.js"
import { historyOf } from "./history.js"
import { makeRateLimit, stateSent, talkSent } from "./rateLimits.js"
import { outboxRetry } from "./timings.js"

type ControlMessage = GuestMessage | HostMessage

/** The most talk (chat lines and histories) that waits for one peer. */
const maxWaiting = 200

/**
 * Messages that wait for one peer, over all its control channels. State is sent before talk and is never dropped: a
 * newer message replaces an older one of its kind. Talk is what people write, of which every line matters.
 */
export interface Outbox<A> {
  /** Sends it as soon as a channel is open and the rate limit allows. */
  readonly say: (message: A) => Effect.Effect<void>
  /**
   * Sends the greeting and then whatever waits. To be interrupted when the channel closes. `send` returns whether the
   * channel took the message.
   */
  readonly drain: (greeting: ReadonlyArray<A>, send: (message: A) => Effect.Effect<boolean>) => Effect.Effect<never>
}

const isTalk = ({ type }: ControlMessage) => type === "chat" || type === "history"

/** The ids of the lines in a message. A line without an id equals no other. */
const linesOf = (message: ControlMessage): ReadonlyArray<string | undefined> => {
  if (message.type === "history") return message.lines.map(({ id }) => id)
  return message.type === "chat" ? [message.id] : []
}

/** The waiting talk without the lines that come again. */
const without = <A extends ControlMessage>(talk: ReadonlyArray<A>, again: ReadonlyArray<string | undefined>) =>
  talk.filter((waiting) => waiting.type !== "chat" || waiting.id === undefined || !again.includes(waiting.id))

/** Makes the next message of waiting talk: the first as it is, or several in one. `holds`: how many it contains. */
type Pack<A> = (talk: readonly [A, ...ReadonlyArray<A>]) => { readonly message: A; readonly holds: number }

const oneByOne = <A>([first]: readonly [A, ...ReadonlyArray<A>]) => ({ message: first, holds: 1 })

/** Waiting lines are sent together, so that many writers delay nobody. */
export const inBatches: Pack<HostMessage> = (talk) => {
  const other = talk.findIndex(({ type }) => type !== "chat")
  const lines = talk
    .slice(0, other < 0 ? talk.length : other)
    .flatMap((message) => (message.type === "chat" ? [message] : []))
    .map(({ type: _, ...line }) => line)
  const [batch] = historyOf(lines)
  return batch === undefined || batch.lines.length < 2 ? oneByOne(talk) : { message: batch, holds: batch.lines.length }
}

/** An empty outbox. Messages wait while no channel is open. */
export const makeOutbox = <A extends ControlMessage>(pack: Pack<A> = oneByOne): Outbox<A> => {
  const messageAdded = Effect.unsafeMakeLatch(false)
  const limits = { state: makeRateLimit(stateSent), talk: makeRateLimit(talkSent) }
  /** The latest of each kind. */
  let states: ReadonlyMap<string, A> = new Map()
  let talk: ReadonlyArray<A> = []

  /** The message to send now, and what to do once it is sent; or how long to wait, in milliseconds. */
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
        states = new Map([...states].filter(([, waiting]) => waiting !== state))
      }
      return { message: state, sent, rest: 0 }
    }
    if (first !== undefined && rests.talk === 0) {
      const { holds, message } = pack([first, ...others])
      const held = new Set(talk.slice(0, holds))
      const sent = (at: number) => {
        limits.talk.pass(at)
        talk = talk.filter((waiting) => !held.has(waiting))
      }
      return { message, sent, rest: 0 }
    }
    return { message: null, sent: () => undefined, rest: Math.min(rests.state, rests.talk) }
  }

  return {
    say: (message) =>
      Effect.suspend(() => {
        messageAdded.unsafeOpen()
        if (!isTalk(message)) {
          states = new Map([...[...states].filter(([type]) => type !== message.type), [message.type, message]])
          return Effect.void
        }
        talk = [...without(talk, linesOf(message)), message]
        if (talk.length <= maxWaiting) return Effect.void
        talk = talk.slice(1)
        return Effect.logWarning("A peer takes no lines: the oldest that waited for it was dropped.")
      }),
    drain: (greeting, send) =>
      Effect.gen(function* () {
        // What waited is older than the greeting, which replaces messages of the same kind and the same lines.
        const greetingStates = new Map<string, A>(
          greeting.filter((message) => !isTalk(message)).map((message) => [message.type, message])
        )
        states = new Map([...greetingStates, ...[...states].filter(([type]) => !greetingStates.has(type))])
        const lines = talk.filter(({ type }) => type === "chat")
        talk = [...greeting.filter(isTalk), ...without(lines, greeting.flatMap(linesOf))]
        while (true) {
          messageAdded.unsafeClose()
          const step = next(yield* Clock.currentTimeMillis)
          if (step.message === null) {
            const rest = Number.isFinite(step.rest) ? Effect.sleep(Duration.millis(step.rest)) : Effect.never
            yield* Effect.raceFirst(rest, messageAdded.await)
          } else if (yield* send(step.message)) step.sent(yield* Clock.currentTimeMillis)
          else yield* Effect.sleep(outboxRetry)
        }
      })
  }
}
