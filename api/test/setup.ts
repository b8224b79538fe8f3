/**
 * Runs before each file. `layer` of @effect/vitest overwrites methods of the `it` that all files of a process share.
 * This restores them.
 */
import { effect, it, layer, scoped } from "@effect/vitest"

Object.assign(it, { effect, layer, scoped })
