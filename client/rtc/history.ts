/** How much the chat holds: plain numbers and one function, which pages read before the calls are loaded. */
import type { ChatLine, History } from "./chat.js"

/** The longest control message, in UTF-16 units. Longer texts are dropped unread. */
export const maxMessageLength = 16_384

/** The longest text of a line, in UTF-16 units, after trimming. */
export const maxChatLength = 1000

/** The most lines that a host's page keeps and sends. */
export const maxHistory = 200

/**
 * The latest lines, oldest first. If there are too many, the author of most of them loses the oldest: so nobody who
 * writes without end displaces what others have written.
 */
export const latestLines = <A>(
  lines: ReadonlyArray<A>,
  authorOf: (line: A) => string | null,
  max = maxHistory
): ReadonlyArray<A> => {
  if (lines.length <= max) return lines
  const counts = new Map<string | null, number>()
  for (const line of lines) counts.set(authorOf(line), (counts.get(authorOf(line)) ?? 0) + 1)
  const highestCount = Math.max(...counts.values())
  const droppedIndex = lines.findIndex((line) => counts.get(authorOf(line)) === highestCount)
  return latestLines([...lines.slice(0, droppedIndex), ...lines.slice(droppedIndex + 1)], authorOf, max)
}

const envelope = JSON.stringify({ type: "history", lines: [] } satisfies History).length

/** These lines, oldest first, in as few messages as hold them. */
export const historyOf = (lines: ReadonlyArray<ChatLine>): ReadonlyArray<History> => {
  const batches: Array<Array<ChatLine>> = []
  let units = 0
  for (const line of lines) {
    const size = JSON.stringify(line).length + 1
    const last = batches.at(-1)
    if (last !== undefined && units + size <= maxMessageLength) {
      last.push(line)
      units += size
    } else {
      batches.push([line])
      units = envelope + size
    }
  }
  return batches.map((lines) => ({ type: "history", lines }))
}
