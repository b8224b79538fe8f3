import { t } from "./t.js"

/** Says what came into a chat that is closed. */
export const wroteText = ({
  aside,
  from,
  text
}: {
  readonly aside: object | null
  readonly from: string
  readonly text: string
}): string => (aside === null ? t.chat.wrote(from, text) : t.chat.wroteToYou(from, text))
