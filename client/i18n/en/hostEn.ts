import { host } from "./host.js"
import { recording } from "./recording.js"

/** The sentences that only the host's page has: guests load none of them. */
export const hostEn = { host, recording }
