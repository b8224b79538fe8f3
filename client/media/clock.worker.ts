/**
 * A clock for pages: browsers slow down the timers of hidden pages, and stop their animation frames. The page first
 * sends how many beats a second it wants. Each beat is a message with the number of beats that were left out since the
 * last one; the page answers once it has done its work.
 */
import { everyBeatHeard } from "./beats.js"

let heard: (() => void) | undefined
self.addEventListener("message", ({ data }: MessageEvent<ClockMessage>) => {
  if (data === "heard") heard?.()
  else heard = everyBeatHeard(data, (missed) => self.postMessage(missed))
})

/** Beats a second, once; then that a beat was heard. */
export type ClockMessage = number | "heard"
