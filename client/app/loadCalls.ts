import { makePart } from "./part.js"

/** The code of the calls, which no page needs for what it shows first. */
export const callsPart = makePart(() => import("../rtc/pageCalls.js"))
