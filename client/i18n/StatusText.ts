/** How a thing stands, at a glance: the colour and shape of its mark. Never said by colour alone. */
export type Tone = "still" | "busy" | "good" | "warn" | "bad"

/** What happened, and what it means or what to do. */
export interface StatusText {
  readonly tone: Tone
  readonly title: string
  readonly detail: string
}

/** A title with its detail, in whatever language is shown. */
interface Told {
  readonly title: () => string
  readonly detail: () => string
}

/** A status in the language that is shown now. */
export const statusText = (tone: Tone, { detail, title }: Told): StatusText => ({
  tone,
  title: title(),
  detail: detail()
})
