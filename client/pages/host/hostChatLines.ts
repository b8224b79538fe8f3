import type { ChatEntry } from "../../features/chat/ChatEntry.js"
import type { ChatLine } from "../../rtc/chat.js"

/** One line of the chat, as the host's page keeps it. */
export interface HostChatLine {
  readonly id: string
  /** The writer's peer id. Null: the host. */
  readonly author: string | null
  readonly from: string
  readonly text: string
  /** In milliseconds since 1970. */
  readonly at: number
  /** The guest who wrote it to the host only, or to whom the host wrote it. Null: it is for all. */
  readonly aside: { readonly guest: string; readonly name: string } | null
  /** The id under which its guest's page sent it. */
  readonly sent: string | null
}

/** Whether this guest may read the line. */
export const isFor = (guest: string, { aside }: HostChatLine): boolean => aside === null || aside.guest === guest

/** The line as it is sent to this guest. */
export const toGuest = (guest: string, line: HostChatLine): ChatLine => {
  const own = line.author === guest
  return {
    id: line.id,
    from: line.from,
    text: line.text,
    at: line.at,
    ...(line.author === null ? { host: true } : {}),
    ...(own ? { own } : {}),
    ...(line.aside === null ? {} : { aside: true }),
    ...(own && line.sent !== null ? { sent: line.sent } : {})
  }
}

/** The line as the host reads it. */
export const toHost = ({ aside, at, author, from, id, text }: HostChatLine): ChatEntry => ({
  id,
  from,
  text,
  at,
  own: author === null,
  host: author === null,
  aside: aside === null ? null : author === null ? { to: "guest", name: aside.name } : { to: "you" },
  state: "sent"
})

/** What a tab keeps of one session's chat. */
interface StoredLines {
  readonly session: string
  readonly lines: ReadonlyArray<HostChatLine>
}

/** The lines as text, to be stored. */
export const keepLines = (kept: StoredLines): string => JSON.stringify(kept)

/** The lines of this session in stored text. None if they are of another session, whose guests were others. */
export const readLines = (text: string | null, session: string): ReadonlyArray<HostChatLine> => {
  try {
    // Not validated: this page wrote it, into a store that belongs to this tab.
    const kept: Partial<StoredLines> | null = JSON.parse(text ?? "null")
    return kept?.session === session && Array.isArray(kept.lines) ? kept.lines : []
  } catch {
    return []
  }
}
