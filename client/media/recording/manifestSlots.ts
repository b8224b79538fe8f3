/**
 * The format of a manifest in a file that a crash may leave half written: `<number of bytes> <SHA-256 of them>`, a line
 * feed, the bytes. Anything after that is left from a longer, earlier text.
 */

const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")

/** The bytes to write over a slot, from its start. */
export const toSlot = async (text: string): Promise<Uint8Array<ArrayBuffer>> => {
  const encoder = new TextEncoder()
  const bytes = encoder.encode(text)
  const header = encoder.encode(`${bytes.byteLength} ${await digest(bytes)}\n`)
  const slot = new Uint8Array(header.byteLength + bytes.byteLength)
  slot.set(header)
  slot.set(bytes, header.byteLength)
  return slot
}

const headerLine = /^(\d{1,10}) ([0-9a-f]{64})$/
const maxHeaderBytes = 10 + 1 + 64
const lineFeed = 10

/** The text in a slot; null if none was written completely. */
export const fromSlot = async (slot: Uint8Array<ArrayBuffer>): Promise<string | null> => {
  const end = slot.subarray(0, maxHeaderBytes + 1).indexOf(lineFeed)
  const [, length, hash] = headerLine.exec(new TextDecoder().decode(slot.subarray(0, Math.max(end, 0)))) ?? []
  if (length === undefined) return null
  const bytes = slot.slice(end + 1, end + 1 + Number(length))
  if (bytes.byteLength < Number(length) || (await digest(bytes)) !== hash) return null
  return new TextDecoder().decode(bytes)
}
