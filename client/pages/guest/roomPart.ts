import { makePart } from "../part.js"

/** The room, which nobody sees before the lobby. */
export const roomPart = makePart(() => import("./Room.js"))
