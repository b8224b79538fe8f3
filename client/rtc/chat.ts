/** The chat on the control channel: a line, and the history for a page that comes late. */
import * as Schema from "effect/Schema"
import { Name } from "./cleanNameSchema.js"
import { maxChatLength, maxHistory } from "./history.js"

/** What one person writes: 1 to `maxChatLength` characters after trimming. */
export const ChatText = Schema.Trim.pipe(Schema.minLength(1), Schema.maxLength(maxChatLength))

/** A line's id, as a guest's page makes it. */
export const SentId = Schema.String.pipe(Schema.minLength(1), Schema.maxLength(64))

const flag = Schema.optionalWith(Schema.Boolean, { exact: true })

/** One line, as the host's page sends it to a guest. */
export const ChatLine = Schema.Struct({
  /** The same for everybody, and when it is repeated. */
  id: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(128)),
  /** The writer's name. */
  from: Name,
  text: ChatText,
  /** When the host's page got it, in milliseconds since 1970. */
  at: Schema.Int.pipe(Schema.between(0, 8.64e15)),
  /** The host wrote it. Only the host's page sets it: whatever a guest calls itself, it is not the host. */
  host: flag,
  /** It goes to the guest who wrote it. */
  own: flag,
  /** Nobody reads it but the host and this guest. */
  aside: flag,
  /** Under which id the guest's page sent it. Only on its own lines. */
  sent: Schema.optionalWith(SentId, { exact: true })
})
export type ChatLine = typeof ChatLine.Type

/** Earlier lines, oldest first. A long history takes several of these. */
export const History = Schema.Struct({
  type: Schema.Literal("history"),
  lines: Schema.Array(ChatLine).pipe(Schema.maxItems(maxHistory))
})
export type History = typeof History.Type
