/**
 * How the text of a manifest stands in a file that a crash may tear: `<bytes> <SHA-256 of them>`, a line feed, the bytes.
 * What follows is left from a longer text that stood there before.
 */

const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")

/** The bytes to write over a slot, from its start. */
export const toSlot = async (text: string): Promise<Uint8Array<ArrayBuffer>> => {
  const encoder = new TextEncoder()
  const bytes = encoder.encode(text)
  const head = encoder.encode(`${bytes.byteLength} ${await digest(bytes)}\n`)
  const slot = new Uint8Array(head.byteLength + bytes.byteLength)
  slot.set(head)
  slot.set(bytes, head.byteLength)
  return slot
}

const headLine = /^(\d{1,10}) ([0-9a-f]{64})$/
const longestHead = 10 + 1 + 64
const lineFeed = 10

/** The text that was written there as a whole; null where none was. */
export const fromSlot = async (slot: Uint8Array<ArrayBuffer>): Promise<string | null> => {
  const end = slot.subarray(0, longestHead + 1).indexOf(lineFeed)
  const [, length, hash] = headLine.exec(new TextDecoder().decode(slot.subarray(0, Math.max(end, 0)))) ?? []
  if (length === undefined) return null
  const bytes = slot.slice(end + 1, end + 1 + Number(length))
  if (bytes.byteLength < Number(length) || (await digest(bytes)) !== hash) return null
  return new TextDecoder().decode(bytes)
}
