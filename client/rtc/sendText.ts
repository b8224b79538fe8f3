import * as Effect from "effect/Effect"

/** A channel that has more than this to send, in bytes, stands still: what is new would come that much later. */
const maxBuffered = 65_536

/**
 * Sends a text on a channel, and says whether the channel took it. One throws where the text is longer than the other side
 * says in its description that it takes (RFC 8841, section 6): that is its own loss, and stops nothing here.
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
