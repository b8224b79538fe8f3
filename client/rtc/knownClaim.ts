/**
 * Which host a guest's page may call by itself. A person's press consents to the host who holds the room at that
 * moment, or, if nobody does, to the first host to come. From then on the page calls only that host by itself, known by
 * the claim under which the room is held. A later host of the room gets nothing until the person presses again.
 */

/** The claim that the last press consented to, kept over reloads of the tab. Null: nobody holds the room yet. */
export interface KnownClaim {
  readonly get: () => string | null
  readonly set: (claim: string | null) => void
}

/** A press that the service has not answered: whom it meant is not known. No claim has this value. */
export const unanswered = "?"

/** Whether the page may call a host of this claim by itself. A host without a claim is never the known one. */
export const mayCall = (known: string | null, claim: string | null | undefined): boolean =>
  known === null || known === claim
