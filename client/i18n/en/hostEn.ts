import { host } from "./host.js"
import { recording } from "./recording.js"

/** The sentences of the host's page alone: guests load none of them. */
export const hostEn = { host, recording }
