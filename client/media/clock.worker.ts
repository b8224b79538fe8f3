/**
 * A clock for pages: browsers slow down the timers of pages in hidden tabs, and stop their animation frames. The page says
 * first how many beats a second it wants. It is told each beat, with how many were left out since the last one, and
 * answers once it has done its work.
 */
import { everyBeatHeard } from "./beats.js"

let heard: (() => void) | undefined
self.addEventListener("message", ({ data }: MessageEvent<ClockMessage>) => {
  if (data === "heard") heard?.()
  else heard = everyBeatHeard(data, (missed) => self.postMessage(missed))
})

/** Beats a second, once; then that a beat was heard. */
export type ClockMessage = number | "heard"
