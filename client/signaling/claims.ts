import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { claimPatience } from "./schedules.js"

/** What claims need of the Web Locks API. */
export type Locks = Pick<LockManager, "request" | "query">

/** Names that one page of this browser holds at a time. */
export interface Claims {
  /** Holds the name until the scope closes. False: another page holds it, and a moment later still does. */
  readonly take: (name: string) => Effect.Effect<boolean, never, Scope.Scope>
  /** Holds the name until the scope closes or another page takes it over, whoever held it before. */
  readonly takeOver: (name: string) => Effect.Effect<void, never, Scope.Scope>
  /** Whether any page holds it, this one included. */
  readonly isTaken: (name: string) => Effect.Effect<boolean>
}

const lockName = (name: string) => `cf-video-conference:${name}`

/** A lock that is held until it is let go. Interrupted before it is granted: it is asked for no more. */
const request = (locks: Locks, name: string, steal: boolean) =>
  Effect.async<(() => void) | null>((resume) => {
    const letGo = new AbortController()
    const over = new AbortController()
    const held = () => {
      resume(Effect.succeed(() => letGo.abort()))
      return new Promise<void>((done) => letGo.signal.addEventListener("abort", () => done()))
    }
    // Rejected when it is asked for no more, when another page steals it, and where the browser gives no locks.
    locks
      .request(lockName(name), steal ? { steal } : { signal: over.signal }, held)
      .catch(() => resume(Effect.succeed(null)))
    return Effect.sync(() => {
      over.abort()
      letGo.abort()
    })
  })

/** Keeps the lock for the scope, and says whether there is one. */
const keep = (asked: Effect.Effect<(() => void) | null>) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.tap(restore(asked), (letGo) =>
      letGo === null ? Effect.void : Effect.addFinalizer(() => Effect.sync(letGo))
    )
  ).pipe(Effect.map((letGo) => letGo !== null))

/** Claims over Web Locks, which end with their page whatever becomes of it. Without locks every claim is granted. */
export const makeClaims = (locks: () => Locks | undefined): Claims => {
  const withLocks = <A, R>(otherwise: A, use: (locks: Locks) => Effect.Effect<A, never, R>) =>
    Effect.suspend((): Effect.Effect<A, never, R> => {
      const found = locks()
      return found === undefined ? Effect.succeed(otherwise) : use(found)
    })
  const isTaken = (name: string) =>
    withLocks(false, (found) =>
      Effect.tryPromise(() => found.query()).pipe(
        Effect.map(({ held = [] }) => held.some((lock) => lock.name === lockName(name))),
        Effect.orElseSucceed(() => false)
      )
    )
  return {
    isTaken,
    // A reloaded page may come before its former self has let go, so there is a moment to wait.
    take: (name) =>
      withLocks(true, (found) =>
        keep(
          request(found, name, false).pipe(
            Effect.timeoutTo({ duration: claimPatience, onSuccess: (letGo) => letGo, onTimeout: () => null })
          )
        )
      ),
    takeOver: (name) => Effect.asVoid(withLocks(true, (found) => keep(request(found, name, true))))
  }
}

/** Among the pages of this browser. Only secure pages have locks, whatever the DOM types say. */
export const browserClaims = makeClaims((): LockManager | undefined => navigator.locks)
