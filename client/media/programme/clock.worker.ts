/**
 * A clock for pages: browsers slow down the timers of pages in hidden tabs, and stop their animation frames. It says each
 * beat to the page, with how many were missed since the last one. Nothing is asked of it.
 */
import { everyFrame } from "./frameClock.js"
import { programmeFrames } from "./scene.js"

everyFrame(programmeFrames, (missed) => self.postMessage(missed))
