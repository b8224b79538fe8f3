/** What the programme shows at one moment: plain values, which can be sent to a worker. */

/** How the programme places people. */
export type ProgrammeLayout =
  /** All alike. */
  | "everyone"
  /** One large, the others in a strip. */
  | "speaker"
  /** Only one. */
  | "one"
  /** A shared screen large, people in a strip. */
  | "screen"

/** The programme's size in pixels, and its frames a second. */
export const programmeSize = { width: 1280, height: 720 } as const
export const programmeFrames = 24

/**
 * The strip at the right of a shared screen, as a share of the width. Guests who get the screen itself show only the
 * strip beside it.
 */
export const screenStrip = 0.2

export interface ScenePerson {
  /** The peer's id; the host's is `host`. */
  readonly id: string
  readonly name: string
  /** A picture is sent. Without one the initials stand in its place. */
  readonly camera: boolean
  readonly microphone: boolean
  /** The hand is raised. */
  readonly hand: boolean
  readonly speaking: boolean
}

export interface Scene {
  readonly layout: ProgrammeLayout
  /** In the order in which they are placed. */
  readonly people: ReadonlyArray<ScenePerson>
  /** Who is large in `speaker`, and who is seen in `one`. Null, or not among these: the first. */
  readonly large: string | null
  /** Whose screen `screen` shows: a person's id. Null: none is shared. */
  readonly sharer: string | null
}
