import type { RequestRefused } from "../signaling/SignalingErrors.js"
import type { Refusal } from "./States.js"

/** The pages have sentences for these; every other tag of the service is `Unexpected`. */
const known: ReadonlyArray<Refusal> = ["RoomTaken", "RoomFull", "HostPasswordWrong", "NotAllowed", "Removed"]

/** The state of a call that the service refused. */
export const refused = (failure: RequestRefused) => ({
  _tag: "Refused" as const,
  refusal: known.find((refusal) => refusal === failure.reason) ?? ("Unexpected" as const),
  message: failure.message
})
