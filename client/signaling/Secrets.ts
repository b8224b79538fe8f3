import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { browserClaims, type Claims } from "./claims.js"
import { browserStore, type TextStore } from "./TextStore.js"

/** 32 bytes as base64url without padding: the shape of every secret on the wire. */
const secretShape = /^[A-Za-z0-9_-]{43}$/

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "")

const random = (bytes: number): Effect.Effect<string> =>
  Effect.sync(() => base64url(crypto.getRandomValues(new Uint8Array(bytes))))

/** A peer token or host key: 256 random bits, 43 characters. */
export const makeSecret = random(32)

/** The name of a new room: 128 random bits, too many to guess. */
export const makeRoomName = random(16)

/** Names one sending of a message, so that a repeat is delivered once. */
export const makeIdempotencyKey = random(16)

/** Names one connection. */
export const makeConnectionId = random(12)

/** The host key that a link carries as `#key=…`, or null. A fragment never travels to a server. */
export const hostKeyFromFragment = (fragment: string): string | null => {
  const key = new URLSearchParams(fragment.replace(/^#/, "")).get("key")
  return key !== null && secretShape.test(key) ? key : null
}

/** The secrets that this browser holds. `room` undefined stands for the deployment's default room. */
export class Secrets extends Context.Tag("Secrets")<
  Secrets,
  {
    /**
     * The guest's token, kept in this tab: a refreshed page is the same peer again. *Duplicate tab* copies what a tab
     * keeps: the copy finds the token claimed, and makes its own. The claim ends with the scope.
     */
    readonly guestToken: (room: string | undefined) => Effect.Effect<string, never, Scope.Scope>
    /** The room's host key, kept in this browser, made where there is none. */
    readonly hostKey: (room: string | undefined) => Effect.Effect<string>
    /** Keeps a key that came from elsewhere, as from `hostKeyFromFragment`. */
    readonly keepHostKey: (room: string | undefined, key: string) => Effect.Effect<void>
  }
>() {}

/** Secrets over these stores; `claims` are those of the browser that the tab is in. */
export const makeSecrets = (tab: TextStore, browser: TextStore, claims: Claims): Context.Tag.Service<Secrets> => {
  // A room's name holds no `:`, so these never meet.
  const name = (kind: string, room: string | undefined) => `cf-video-conference:${kind}:${room ?? ""}`
  const kept = (store: TextStore, key: string) =>
    Effect.gen(function* () {
      const before = store.get(key)
      if (before !== null && secretShape.test(before)) return before
      const made = yield* makeSecret
      store.set(key, made)
      return made
    })
  return {
    guestToken: (room) =>
      Effect.gen(function* () {
        const own = name("guest-token", room)
        const token = yield* kept(tab, own)
        if (yield* claims.take(token)) return token
        tab.remove(own)
        const made = yield* kept(tab, own)
        yield* claims.take(made)
        return made
      }),
    hostKey: (room) => kept(browser, name("host-key", room)),
    keepHostKey: (room, key) => Effect.sync(() => browser.set(name("host-key", room), key))
  }
}

/** This page's own. */
export const browserSecrets = makeSecrets(
  browserStore(() => window.sessionStorage),
  browserStore(() => window.localStorage),
  browserClaims
)
