/**
 * Whom a guest's page may call without being asked. A person's press says yes to the room as it is then: to whoever
 * holds it, or to the first host to come where nobody does. From then on only that host is called by itself, known by
 * the claim under which the room is held; whoever has the room later gets nothing until the person presses again.
 */

/** The claim that a press said yes to, kept over reloads of the tab. Null: nobody holds the room yet. */
export interface KnownClaim {
  readonly get: () => string | null
  readonly set: (claim: string | null) => void
}

/** A press that no answer of the service has met: whom it meant is not known. No claim reads so. */
export const unanswered = "?"

/** Whether a host of this claim may be called by itself. A host that shows no claim is nobody that is known. */
export const mayCall = (known: string | null, claim: string | null | undefined): boolean =>
  known === null || known === claim
