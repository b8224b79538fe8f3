import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { outboxRetry } from "../signaling/schedules.js"
import { floodAtMost, floodWindow, type GuestSays, type HostSays } from "./control.js"

/**
 * Half of what the other side hears in the same time: a channel that stood still for as long as that delivers the
 * messages of two windows at once.
 */
const paceAtMost = floodAtMost / 2

/** The most that waits for one peer. */
const waitingAtMost = 200

/** What waits to be said to one peer, through however many control channels. */
export interface Outbox<A> {
  /** Sends it as soon as a channel is open and the pace allows. Of what tells a state only the latest is sent. */
  readonly say: (message: A) => Effect.Effect<void>
  /**
   * Sends the greeting and then what waits, for as long as the channel is open: to be interrupted when it closes.
   * `send` says whether the channel took the message.
   */
  readonly drain: (greeting: ReadonlyArray<A>, send: (message: A) => Effect.Effect<boolean>) => Effect.Effect<never>
}

/** Messages of one topic replace each other while they wait. Null: every one of them matters. */
const topicOf = (message: GuestSays | HostSays): string | null => {
  if (message.type !== "chat") return message.type
  return message.id === undefined ? null : `chat ${message.id}`
}

/** What a greeting tells: its topics, and each line of a history. */
const topicsOf = (greeting: ReadonlyArray<GuestSays | HostSays>): ReadonlySet<string | null> =>
  new Set(
    greeting.flatMap((message) => [
      topicOf(message),
      ...(message.type === "history" ? message.lines.map(({ id }) => `chat ${id}`) : [])
    ])
  )

const add = <A extends GuestSays | HostSays>(waiting: ReadonlyArray<A>, message: A): ReadonlyArray<A> => {
  const topic = topicOf(message)
  return [...waiting.filter((other) => topic === null || topicOf(other) !== topic), message]
}

/** An outbox with nothing in it. What is said while no channel is open waits for the next. */
export const makeOutbox = <A extends GuestSays | HostSays>(): Outbox<A> => {
  const something = Effect.unsafeMakeLatch(false)
  let waiting: ReadonlyArray<A> = []
  let sent: ReadonlyArray<number> = []

  /** How long until the pace allows another message, in milliseconds. */
  const pause = (now: number) => {
    sent = sent.filter((time) => time > now - floodWindow && time <= now)
    const [oldest] = sent
    return sent.length < paceAtMost || oldest === undefined ? 0 : oldest + floodWindow - now
  }

  return {
    say: (message) =>
      Effect.suspend(() => {
        waiting = add(waiting, message)
        something.unsafeOpen()
        if (waiting.length <= waitingAtMost) return Effect.void
        waiting = waiting.slice(1)
        return Effect.logWarning("The oldest message to a peer that is long away was given up.")
      }),
    drain: (greeting, send) =>
      Effect.gen(function* () {
        // What waited is older than the greeting: it gives way where both tell the same.
        const topics = topicsOf(greeting)
        waiting = [...greeting, ...waiting.filter((message) => !topics.has(topicOf(message) ?? ""))]
        while (true) {
          const [first] = waiting
          if (first === undefined) {
            something.unsafeClose()
            yield* something.await
            continue
          }
          const rest = pause(yield* Clock.currentTimeMillis)
          if (rest > 0) {
            yield* Effect.sleep(Duration.millis(rest))
            continue
          }
          if (yield* send(first)) {
            sent = [...sent, yield* Clock.currentTimeMillis]
            waiting = waiting.filter((message) => message !== first)
          } else yield* Effect.sleep(outboxRetry)
        }
      })
  }
}
