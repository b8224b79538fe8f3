import type { Fit } from "../../media/videoFit.js"
import type { Participant } from "../../rtc/participants.js"
import type { Said } from "./said.js"

/** What there is to arrange. */
export interface PictureInputs {
  /** The call stands. */
  readonly live: boolean
  /** New frames come on the first video. */
  readonly moving: boolean
  /** A screen comes on the second video. */
  readonly screen: boolean
  readonly said: Said
  /** The programme, where one comes, shows the screen at its left. It is said to before it does. */
  readonly withScreen: boolean
  /** Which of both the person wants large. Null: as the host has it. */
  readonly large: "picture" | "screen" | null
}

/** How the pictures stand on a guest's stage. */
export interface PictureArrangement {
  /** There is something to be seen. */
  readonly shows: boolean
  /** The first video. `strip`: of the programme only the people at its right, beside the screen that the rest of it shows. */
  readonly picture: "large" | "corner" | "strip"
  /** How the first video stands in its place. */
  readonly fit: Fit
  /** The second video. */
  readonly screen: "large" | "corner"
  /** The host, in the place of a camera picture that does not come. */
  readonly covered: Participant | undefined
  /** The guest's own picture: it would cover others, so it is left out where the programme has it. */
  readonly self: boolean
}

/** Places what comes. A screen is large where the host has not picked another layout, or where the person wants it so. */
export const pictureArrangementOf = ({
  large,
  live,
  moving,
  said,
  screen,
  withScreen
}: PictureInputs): PictureArrangement => {
  const { participants, programme } = said
  const host = participants?.list[0]
  const composed = programme.layout !== null
  const covered = live && !composed && (!moving || host?.camera === false) ? host : undefined
  const you = participants?.you ?? null
  const screenFirst = large === null ? !composed || withScreen : large === "screen"
  const picture = !screen || !screenFirst ? "large" : composed && withScreen ? "strip" : "corner"
  return {
    shows: live && (moving || screen || composed || covered !== undefined),
    picture,
    fit: picture === "strip" ? "cover" : "contain",
    screen: screenFirst ? "large" : "corner",
    covered,
    self: !(live && composed && you !== null && participants?.list[you]?.shown === true)
  }
}
