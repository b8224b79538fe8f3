/** Every sentence that a person reads stands in this folder: a second language is a second folder of this shape. */

/** How a thing stands, at a glance: the colour and shape of its mark. Never said by colour alone. */
export type Tone = "still" | "busy" | "good" | "warn" | "bad"

/** What happened, and what it means or what to do. */
export interface Saying {
  readonly tone: Tone
  readonly title: string
  readonly detail: string
}

export const productName = "CF Video Conference"

export const roomUnreadable: Saying = {
  tone: "bad",
  title: "This link is damaged",
  detail: "The room’s name in it has characters that no room can have. Ask for the link again, and copy all of it."
}

export const unsupported: Saying = {
  tone: "bad",
  title: "This browser cannot make video calls",
  detail: "Open the link in a current Chrome, Edge, Firefox or Safari."
}

/** The calls' part of a page did not come. */
export const unloaded: Saying = {
  tone: "bad",
  title: "Part of this page could not be loaded",
  detail:
    "Check your connection, then try again. If the service was renewed a moment ago, trying again loads the new page."
}
