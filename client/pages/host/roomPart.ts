import { makePart } from "../../app/part.js"

/** The room, loaded apart, because the door is shown first. */
export const roomPart = makePart(() => import("./Room.js"))
