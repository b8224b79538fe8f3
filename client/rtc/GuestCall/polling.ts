import * as Effect from "effect/Effect"
import * as FiberHandle from "effect/FiberHandle"
import * as Stream from "effect/Stream"
import { type Message, Signaling } from "../../signaling/Signaling.js"
import type { LastingFailure } from "../../signaling/SignalingErrors.js"
import { keepPlace } from "../../signaling/timings.js"

/** `listen`: long polls back to back. `keep`: one poll in 5 minutes, while messages come over the control channel. */
export type PollMode = "none" | "listen" | "keep"

interface GuestPollingOptions {
  /** Read whenever a mode begins. */
  readonly token: () => string
  /** The id of the last message that was received: read whenever a mode begins, and at each poll of `keep`. */
  readonly cursor: () => number
  readonly receive: (message: Message) => Effect.Effect<unknown>
  readonly lost: (failure: LastingFailure) => Effect.Effect<unknown>
}

/** A guest's polling, in one mode at a time. */
export const makeGuestPolling = ({ cursor, lost, receive, token }: GuestPollingOptions) =>
  Effect.gen(function* () {
    const signaling = yield* Signaling
    const polling = yield* FiberHandle.make()
    let mode: PollMode = "none"

    const listen = Effect.suspend(() => Stream.runForEach(signaling.messages(token(), cursor()), receive))
    const keep = Effect.suspend(() => signaling.readInbox(token(), cursor())).pipe(
      Effect.flatMap((answer) => Effect.forEach(answer.messages, receive, { discard: true })),
      Effect.schedule(keepPlace)
    )

    return {
      /** Polls in this mode from now on. */
      use: (wanted: PollMode) =>
        Effect.suspend((): Effect.Effect<unknown> => {
          if (wanted === mode) return Effect.void
          mode = wanted
          if (wanted === "none") return FiberHandle.clear(polling)
          return FiberHandle.run(polling, Effect.catchAll(wanted === "keep" ? keep : listen, lost))
        })
    }
  })
