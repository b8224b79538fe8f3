/**
 * Run before each file. `layer` of @effect/vitest writes its own methods over those of the one `it` that all files of a
 * process have: here they are as they were.
 */
import { effect, it, layer, scoped } from "@effect/vitest"

Object.assign(it, { effect, layer, scoped })
