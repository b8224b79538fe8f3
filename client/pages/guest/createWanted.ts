import { type Accessor, createMemo, createSignal } from "solid-js"
import { sizeSettleTime } from "../../features/stage/createShownLines.js"
import { unsaid, type Wanted, wantsNothing } from "../../rtc/quality/wanted.js"
import { createSettled } from "../../solid/createSettled.js"

const same = (one: Wanted, other: Wanted) => one.camera === other.camera && one.screen === other.screen

/**
 * How large this page wants what the host sends: as large as the stage shows it, and nothing while nobody sees the
 * page.
 */
export const createWanted = (seen: Accessor<boolean>) => {
  const [shown, setShown] = createSignal(unsaid, { equals: same })
  const current = createMemo(() => (seen() ? shown() : wantsNothing), unsaid, { equals: same })
  return {
    /** The lines at which the stage shows both pictures. */
    setShown,
    // Whoever comes back to the page sees the picture at once.
    wanted: createSettled(current, sizeSettleTime, (previous) => same(previous, wantsNothing))
  } as const
}
