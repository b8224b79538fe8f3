import type { Participant } from "../../rtc/participants.js"
import type { Said } from "./said.js"

/** What there is to arrange. */
export interface Coming {
  /** The call stands. */
  readonly live: boolean
  /** New frames come on the first video. */
  readonly moving: boolean
  /** A screen comes on the second video. */
  readonly screen: boolean
  readonly said: Said
  /** The person has made large what stands beside the screen. */
  readonly swapped: boolean
}

/** How the pictures stand on a guest's stage. */
export interface Arrangement {
  /** There is something to be seen. */
  readonly shows: boolean
  /** The first video. `strip`: of the programme only the people at its right, beside the screen that the rest of it shows. */
  readonly picture: "large" | "corner" | "strip"
  /** The second video. */
  readonly screen: "large" | "corner"
  /** The host, in the place of a camera picture that does not come. */
  readonly covered: Participant | undefined
  /** The guest's own picture: it would cover others, so it is left out where the programme has it. */
  readonly self: boolean
}

/** Places what comes. A screen that comes sharp is large, until the person wants to see the people large. */
export const arrange = ({ live, moving, said, screen, swapped }: Coming): Arrangement => {
  const { participants, programme } = said
  const host = participants?.list[0]
  const composed = programme.layout !== null
  const covered = live && !composed && (!moving || host?.camera === false) ? host : undefined
  const you = participants?.you ?? null
  return {
    shows: live && (moving || screen || composed || covered !== undefined),
    picture: !screen || swapped ? "large" : programme.layout === "screen" ? "strip" : "corner",
    screen: swapped ? "corner" : "large",
    covered,
    self: !(live && composed && you !== null && participants?.list[you]?.shown === true)
  }
}
