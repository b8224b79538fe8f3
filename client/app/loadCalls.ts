import { makePart } from "./part.js"

/** The calls: what no page needs before it shows. */
export const callsPart = makePart(() => import("../rtc/pageCalls.js"))
