import { type Accessor, createMemo } from "solid-js"
import { createSettled } from "../../solid/createSettled.js"
import type { PictureInputs } from "./pictureArrangement.js"

/** So long another shape has to stand until a page that it fills turns, in milliseconds. */
const turnsAfter = 3_000

/** The large picture. */
export interface Large {
  /** It is wider than high. */
  readonly wide: boolean
  /** What the person has picked to be large. */
  readonly picked: PictureInputs["large"]
}

const same = (one: Large, other: Large) => one.wide === other.wide && one.picked === other.picked

/**
 * Whether the large picture counts as wider than high. A page that it fills lies with it: whoever shares a screen that
 * turns without end must not turn everybody's phone. What the person does counts at once.
 */
export const createWide = (large: Accessor<Large>, filled: Accessor<boolean>): Accessor<boolean> => {
  const now = createMemo(large, undefined, { equals: same })
  const settled = createSettled(now, turnsAfter, (before, { picked }) => !filled() || before.picked !== picked)
  return () => settled().wide
}
