import type { RecoveryState } from "./recovery.js"
import type { GuestState, Path } from "./States.js"

/** What a page is told of where a call stands. `hostAway`: the host's page is known to be gone, or has not answered. */
export const stateOf = (
  standing: RecoveryState,
  seen: { readonly hostAway: boolean; readonly path: Path }
): GuestState => {
  if (standing._tag === "Steady") return { _tag: "Live", path: seen.path }
  if (standing._tag === "GivenUp") return { _tag: "Failed", cause: standing.cause }
  // What the page tries in the meantime is no news to a person who waits for the host.
  if (standing._tag === "HostAway" || seen.hostAway) return { _tag: "Waiting", reason: "HostAway" }
  if (standing._tag === "Watching") return { _tag: "Recovering", rung: "Watching" }
  return standing.attempt === "First" ? { _tag: "Connecting" } : { _tag: "Recovering", rung: standing.attempt }
}
