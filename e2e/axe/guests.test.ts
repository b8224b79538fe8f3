import { guests } from "../states/guests.js"
import { breakNoRule } from "../support/accessibility.js"

breakNoRule(guests)
