/**
 * A clock for pages: browsers slow down the timers of pages in hidden tabs, and stop their animation frames. It says each
 * beat to the page, with how many were left out since the last one, and the page answers once it has done its work.
 */
import { everyFrameHeard } from "./frameClock.js"
import { programmeFrames } from "./scene.js"

const heard = everyFrameHeard(programmeFrames, (missed) => self.postMessage(missed))
self.addEventListener("message", heard)
