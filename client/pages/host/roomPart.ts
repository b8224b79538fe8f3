import { makePart } from "../../app/part.js"

/** The room, which nobody sees before the door. */
export const roomPart = makePart(() => import("./Room.js"))
