import { makePart } from "../../app/part.js"

/** The room, loaded apart, because the lobby is shown first. */
export const roomPart = makePart(() => import("./Room.js"))
