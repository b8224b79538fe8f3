import type { Fit } from "../../media/videoFit.js"
import type { Participant } from "../../rtc/participants.js"
import type { Said } from "./said.js"

/** What there is to arrange. */
export interface PictureInputs {
  /** The call is connected. */
  readonly live: boolean
  /** New frames arrive on the first video. */
  readonly moving: boolean
  /** A screen arrives on the second video. */
  readonly screen: boolean
  readonly said: Said
  /** The programme's picture shows the screen at its left. The host's page reports that earlier, in `said`. */
  readonly withScreen: boolean
  /** Which one the person wants large. Null: as the host's layout has it. */
  readonly large: "picture" | "screen" | null
}

/** How the pictures are placed on a guest's stage. */
export interface PictureArrangement {
  /** There is something to be seen. */
  readonly shows: boolean
  /** The first video. `strip`: only the people at the programme's right; its screen is shown by the second video. */
  readonly picture: "large" | "corner" | "strip"
  /** How the first video fits its place. */
  readonly fit: Fit
  /** The second video. */
  readonly screen: "large" | "corner"
  /** The host, named in place of a camera picture that does not arrive. */
  readonly covered: Participant | undefined
  /** Whether the guest's own picture is shown. It covers others, so it is left out if the programme has it. */
  readonly self: boolean
}

/**
 * Places what is received. A screen is large if the host has not picked another layout, or if the person wants it so.
 */
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
