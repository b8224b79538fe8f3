import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { lockTimeout } from "./timings.js"

/** The part of the Web Locks API that tab locks need. */
export type Locks = Pick<LockManager, "request" | "query">

/** A name that this page holds. */
export interface Held {
  /** Ends once another page has taken the name over. */
  readonly lost: Effect.Effect<void>
}

/** Names, each held by at most one page of this browser at a time. */
export interface TabLocks {
  /**
   * Holds the name until the scope closes or another page takes it over. Null: another page still holds it
   * after `lockTimeout`. `steal`: takes it over from any other page.
   */
  readonly hold: (name: string, steal: boolean) => Effect.Effect<Held | null, never, Scope.Scope>
  /** Holds the name until the scope closes. False: another page still holds it after `lockTimeout`. */
  readonly take: (name: string) => Effect.Effect<boolean, never, Scope.Scope>
  /** Takes the name over from any other page, and holds it until the scope closes or another page takes it over. */
  readonly takeOver: (name: string) => Effect.Effect<void, never, Scope.Scope>
  /** Whether any page holds it, this one included. */
  readonly isTaken: (name: string) => Effect.Effect<boolean>
}

const lockName = (name: string) => `cf-video-conference:${name}`

interface Lock extends Held {
  readonly letGo: () => void
}

/** What is granted in a browser without locks. */
const unlocked: Lock = { lost: Effect.never, letGo: () => undefined }

/** A lock that is held until `letGo`. Interruption before it is granted withdraws the request. */
const request = (locks: Locks, name: string, steal: boolean) =>
  Effect.async<Lock | null>((resume) => {
    const letGo = new AbortController()
    const withdrawn = new AbortController()
    const lost = Effect.runSync(Deferred.make<void>())
    const held = () => {
      resume(Effect.succeed({ letGo: () => letGo.abort(), lost: Deferred.await(lost) }))
      return new Promise<void>((done) => letGo.signal.addEventListener("abort", () => done()))
    }
    locks.request(lockName(name), steal ? { steal } : { signal: withdrawn.signal }, held).catch((cause: unknown) => {
      // AbortError: the request was withdrawn, or another page stole the lock. Else this page may have no locks.
      const aborted = cause instanceof DOMException && cause.name === "AbortError"
      resume(Effect.succeed(aborted ? null : unlocked))
      if (aborted) Deferred.unsafeDone(lost, Effect.void)
    })
    return Effect.sync(() => {
      withdrawn.abort()
      letGo.abort()
    })
  })

/** Keeps the lock, if it was granted, until the scope closes. */
const keep = (requested: Effect.Effect<Lock | null>) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.tap(restore(requested), (lock) =>
      lock === null ? Effect.void : Effect.addFinalizer(() => Effect.sync(lock.letGo))
    )
  )

/** Tab locks over Web Locks, which are released even if their page crashes. Without Web Locks every lock is granted. */
export const makeTabLocks = (locks: () => Locks | undefined): TabLocks => {
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
  const hold = (name: string, steal: boolean) =>
    withLocks<Held | null, Scope.Scope>(unlocked, (found) => {
      const requested = request(found, name, steal)
      // A reloaded page may ask before its former self has let go, so it waits a moment.
      return keep(steal ? requested : Effect.map(Effect.timeoutOption(requested, lockTimeout), Option.getOrNull))
    })
  return {
    isTaken,
    hold,
    take: (name) => Effect.map(hold(name, false), (held) => held !== null),
    takeOver: (name) => Effect.asVoid(hold(name, true))
  }
}

/** Among the pages of this browser. `navigator.locks` is undefined on insecure pages, whatever the DOM types say. */
export const browserTabLocks = makeTabLocks((): LockManager | undefined => navigator.locks)
