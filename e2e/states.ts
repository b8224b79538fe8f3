import { doors } from "./states/doors.js"
import { guests } from "./states/guests.js"
import { oneGuest } from "./states/oneGuest.js"
import type { State } from "./states/State.js"

/** All states, those of one scene together. */
export const states: ReadonlyArray<State> = [...doors, ...oneGuest, ...guests]
