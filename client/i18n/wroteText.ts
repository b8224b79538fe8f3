import { t } from "./t.js"

/** Announces a line that arrived while the chat was closed. */
export const wroteText = ({
  aside,
  from,
  text
}: {
  readonly aside: object | null
  readonly from: string
  readonly text: string
}): string => (aside === null ? t.chat.wrote(from, text) : t.chat.wroteToYou(from, text))
