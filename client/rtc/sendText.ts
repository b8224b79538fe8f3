/** A channel that has more than this to send, in bytes, stands still: what is new would come that much later. */
const maxBuffered = 65_536

/**
 * Sends a text on a channel, and says whether the channel took it. One throws where the text is longer than the other side
 * says in its description that it takes (RFC 8841, section 6): that is its own loss, and stops nothing here.
 */
export const sendText = (
  channel: Pick<RTCDataChannel, "bufferedAmount" | "readyState"> & { readonly send: (text: string) => void },
  text: string
): boolean => {
  if (channel.readyState !== "open" || channel.bufferedAmount > maxBuffered) return false
  try {
    channel.send(text)
    return true
  } catch {
    return false
  }
}
