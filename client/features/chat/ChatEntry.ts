/** One thing that somebody wrote, as a page shows it. */
export interface ChatEntry {
  /** The same wherever it is shown. */
  readonly id: string
  /** The writer's name. */
  readonly from: string
  readonly text: string
  /** When it came to the host's page, in milliseconds since 1970. */
  readonly at: number
  /** Written on this page. */
  readonly own: boolean
  /** Written by the host. */
  readonly host: boolean
  /**
   * Who reads it besides the writer. Null: everybody. Else only this page, only the host, or only the guest of this
   * name.
   */
  readonly aside: null | { readonly to: "you" | "host" } | { readonly to: "guest"; readonly name: string }
  /** `sending`: it has not reached the host's page yet. `unsent`: it never will. */
  readonly state: "sent" | "sending" | "unsent"
}
