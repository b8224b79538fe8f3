import * as Effect from "effect/Effect"
import type { BrowserFamily } from "../browserFamily.js"

/**
 * How long this browser keeps what a page stores: https://storage.spec.whatwg.org/#persistence. `promised`: until the
 * person deletes it. `week`: all browsers of Apple's engine delete what a page keeps after 7 days of use without a
 * visit. `tenth`: Firefox, up to 10 GiB or a tenth of the disk, until the disk is short. `spare`: until the disk is
 * short.
 */
export type Retention = "promised" | "week" | "tenth" | "spare"

export const retentionOf = (persisted: boolean, family: BrowserFamily, userAgent: string): Retention => {
  if (family === "safari" || family === "ios") return "week"
  if (persisted) return "promised"
  return /Firefox\//.test(userAgent) ? "tenth" : "spare"
}

/** Undefined on pages that are not secure, whatever the DOM types say. */
const storage = (): StorageManager | undefined => navigator.storage

const isGranted = (ask: (storage: StorageManager) => Promise<boolean>): Effect.Effect<boolean> =>
  Effect.suspend(() => {
    const found = storage()
    return found?.persist === undefined ? Effect.succeed(false) : Effect.tryPromise(() => ask(found))
  }).pipe(Effect.orElseSucceed(() => false))

/** Asks the browser to keep what this page stores. Firefox asks the person, and may never get an answer. */
export const askToKeep: Effect.Effect<boolean> = isGranted((found) => found.persist())

/** Whether the browser has agreed to that before. */
export const isKept: Effect.Effect<boolean> = isGranted((found) => found.persisted())
