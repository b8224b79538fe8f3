import { makePart } from "../../app/part.js"

/** The room, which nobody sees before the lobby. */
export const roomPart = makePart(() => import("./Room.js"))
