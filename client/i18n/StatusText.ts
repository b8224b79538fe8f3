/** The kind of a state: the colour and the shape of its mark, never only the colour. */
export type Tone = "still" | "busy" | "good" | "warn" | "bad"

/** What happened, and what it means or what to do. */
export interface StatusText {
  readonly tone: Tone
  readonly title: string
  readonly detail: string
}

/** A title with its detail, in the language that is shown. */
interface TranslatedStatus {
  readonly title: () => string
  readonly detail: () => string
}

/** A status in the language that is shown now. */
export const statusText = (tone: Tone, { detail, title }: TranslatedStatus): StatusText => ({
  tone,
  title: title(),
  detail: detail()
})
