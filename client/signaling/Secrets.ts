import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { randomText } from "../browser/randomText.js"
import { browserStore, type TextStore } from "../browser/TextStore.js"
import { browserTabLocks, type Held, type TabLocks } from "../browser/tabLocks.js"

/** 32 bytes as base64url without padding: the shape of every secret on the wire. */
const secretShape = /^[A-Za-z0-9_-]{43}$/

const random = (bytes: number): Effect.Effect<string> => Effect.sync(() => randomText(bytes))

/** A peer token or host key: 256 random bits, 43 characters. */
export const makeSecret = random(32)

/** The key of one message: repeats of it are delivered once. */
export const makeIdempotencyKey = random(16)

/** The id of one connection. */
export const makeConnectionId = random(12)

/** The host key that a link carries as `#key=…`, or null. A fragment never travels to a server. */
export const hostKeyFromFragment = (fragment: string): string | null => {
  const key = new URLSearchParams(fragment.replace(/^#/, "")).get("key")
  return key !== null && secretShape.test(key) ? key : null
}

/** `isNew`: just made, so the service does not know it yet. */
export interface GuestToken {
  readonly token: string
  readonly isNew: boolean
}

/** The secrets that this browser keeps. `room` undefined is the deployment's default room. */
export class Secrets extends Context.Tag("Secrets")<
  Secrets,
  {
    /**
     * The guest's token, kept in this browser, and made if there is none: a page that comes back, in whatever tab, is
     * the same peer again, and a peer that was removed is removed in every tab.
     */
    readonly guestToken: (room: string | undefined) => Effect.Effect<GuestToken>
    /** Holds the token for one page of this browser. Null: another page is in the room with it. */
    readonly holdGuestToken: (token: string, steal: boolean) => Effect.Effect<Held | null, never, Scope.Scope>
    /** Forgets the room's token, if it is this one: the next one is new. */
    readonly forgetGuestToken: (room: string | undefined, token: string) => Effect.Effect<void>
    /** The room's host key, kept in this browser, and made if there is none. */
    readonly hostKey: (room: string | undefined) => Effect.Effect<string>
    /**
     * Moves what is kept under this name to the default room, whose links may name it or not. If something is kept for
     * the default room already, both stay.
     */
    readonly keepAsDefault: (name: string) => void
    /** Keeps a key that came from elsewhere, as from `hostKeyFromFragment`. */
    readonly keepHostKey: (room: string | undefined, key: string) => Effect.Effect<void>
  }
>() {}

/** Secrets in this store; `locks` are those of the browser's pages. */
export const makeSecrets = (browser: TextStore, locks: TabLocks): Context.Tag.Service<Secrets> => {
  // A room's name holds no `:`, so these never meet.
  const name = (kind: string, room: string | undefined) => `cf-video-conference:${kind}:${room ?? ""}`
  const kept = (key: string) =>
    Effect.gen(function* () {
      const stored = browser.get(key)
      if (stored !== null && secretShape.test(stored)) return { token: stored, isNew: false }
      const token = yield* makeSecret
      browser.set(key, token)
      return { token, isNew: true }
    })
  return {
    guestToken: (room) => kept(name("guest-token", room)),
    holdGuestToken: locks.hold,
    forgetGuestToken: (room, token) =>
      Effect.sync(() => {
        const key = name("guest-token", room)
        if (browser.get(key) === token) browser.remove(key)
      }),
    hostKey: (room) => Effect.map(kept(name("host-key", room)), ({ token }) => token),
    keepAsDefault: (room) => {
      for (const kind of ["host-key", "guest-token"]) {
        const [defaultKey, namedKey] = [name(kind, undefined), name(kind, room)]
        const value = browser.get(namedKey)
        // If there are both, either may be the one that holds the room: lose neither.
        if (value === null || browser.get(defaultKey) !== null) continue
        browser.set(defaultKey, value)
        browser.remove(namedKey)
      }
    },
    keepHostKey: (room, key) => Effect.sync(() => browser.set(name("host-key", room), key))
  }
}

/** The secrets of the browser that shows this page. */
export const browserSecrets = makeSecrets(
  browserStore(() => window.localStorage),
  browserTabLocks
)
