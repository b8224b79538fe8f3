import { doors } from "../states/doors.js"
import { breakNoRule } from "../support/accessibility.js"

breakNoRule(doors)
