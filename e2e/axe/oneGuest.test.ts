import { oneGuest } from "../states/oneGuest.js"
import { breakNoRule } from "../support/accessibility.js"

breakNoRule(oneGuest)
