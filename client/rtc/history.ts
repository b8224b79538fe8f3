/** How much the chat holds: plain numbers and one function, which pages read before the calls are loaded. */
import type { ChatLine, History } from "./chat.js"

/** The longest control message, in UTF-16 units. Longer texts are dropped unread. */
export const textAtMost = 16_384

/** The longest text of a line, in UTF-16 units, after trimming. */
export const chatTextAtMost = 1000

/** The most lines that a host's page keeps and gives. */
export const historyAtMost = 200

const envelope = JSON.stringify({ type: "history", lines: [] } satisfies History).length

/** These lines, oldest first, in as few messages as hold them. */
export const historyOf = (lines: ReadonlyArray<ChatLine>): ReadonlyArray<History> => {
  const batches: Array<Array<ChatLine>> = []
  let units = 0
  for (const line of lines) {
    const size = JSON.stringify(line).length + 1
    const last = batches.at(-1)
    if (last !== undefined && units + size <= textAtMost) {
      last.push(line)
      units += size
    } else {
      batches.push([line])
      units = envelope + size
    }
  }
  return batches.map((lines) => ({ type: "history", lines }))
}
