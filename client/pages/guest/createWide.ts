import { type Accessor, createMemo } from "solid-js"
import { createSettled } from "../../solid/createSettled.js"
import type { PictureInputs } from "./pictureArrangement.js"

/** How long another shape must last before a page that it fills turns, in milliseconds. */
const turnDelay = 3_000

/** The large picture. */
export interface Large {
  /** It is wider than high. */
  readonly wide: boolean
  /** What the person has picked to be large. */
  readonly picked: PictureInputs["large"]
}

const same = (one: Large, other: Large) => one.wide === other.wide && one.picked === other.picked

/**
 * Whether the large picture counts as wider than high. A page that it fills turns with it, so a new shape must last for
 * a while: a shared screen that keeps changing must not keep turning everybody's phone. The person's own choice counts
 * at once.
 */
export const createWide = (large: Accessor<Large>, filled: Accessor<boolean>): Accessor<boolean> => {
  const current = createMemo(large, undefined, { equals: same })
  const settled = createSettled(current, turnDelay, (previous, { picked }) => !filled() || previous.picked !== picked)
  return () => settled().wide
}
