import * as Effect from "effect/Effect"

/** A channel that has buffered more than this, in bytes, is blocked: new texts would come that much later. */
const maxBuffered = 65_536

/**
 * Sends a text on a channel, and returns whether the channel took it. `send` throws if the text is longer than the
 * other side's description allows (RFC 8841, section 6). That is no error here, because only the other side misses the
 * text.
 */
export const sendText = (
  channel: Pick<RTCDataChannel, "bufferedAmount" | "readyState"> & { readonly send: (text: string) => void },
  text: string
): Effect.Effect<boolean> =>
  Effect.suspend(() => {
    if (channel.readyState !== "open" || channel.bufferedAmount > maxBuffered) return Effect.succeed(false)
    return Effect.try(() => channel.send(text)).pipe(
      Effect.as(true),
      Effect.catchAll(({ error }) =>
        Effect.as(Effect.logDebug(`A channel did not take a text of ${text.length} characters.`, error), false)
      )
    )
  })
