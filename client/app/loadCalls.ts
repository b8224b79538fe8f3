import { makePart } from "./part.js"

/** The calls: what no page needs before it shows. */
export const engine = makePart(() => import("../rtc/pageCalls.js"))
