import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

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

/** Text kept between loads of the page. Never fails: what cannot be kept is forgotten. */
export interface TextStore {
  readonly get: (name: string) => string | null
  readonly set: (name: string, value: string) => void
  readonly remove: (name: string) => void
}

/** A store that forgets with the page. */
export const memoryStore = (): TextStore => {
  const values = new Map<string, string>()
  return {
    get: (name) => values.get(name) ?? null,
    set: (name, value) => void values.set(name, value),
    remove: (name) => void values.delete(name)
  }
}

/**
 * A browser's storage, with memory behind it: where storage is blocked (private windows, cookie settings, a full
 * quota) even reading `window.localStorage` throws, and the page works on without it.
 */
export const browserStore = (open: () => Storage): TextStore => {
  const memory = memoryStore()
  const attempt = <A>(use: (storage: Storage) => A): A | null => {
    try {
      return use(open())
    } catch {
      return null
    }
  }
  return {
    get: (name) => memory.get(name) ?? attempt((storage) => storage.getItem(name)),
    set: (name, value) => {
      memory.set(name, value)
      attempt((storage) => storage.setItem(name, value))
    },
    remove: (name) => {
      memory.remove(name)
      attempt((storage) => storage.removeItem(name))
    }
  }
}

/** The secrets that this browser holds. `room` undefined stands for the deployment's default room. */
export class Secrets extends Context.Tag("Secrets")<
  Secrets,
  {
    /** The guest's token, kept in this tab: a refreshed page is the same peer again. */
    readonly guestToken: (room: string | undefined) => Effect.Effect<string>
    /** The room's host key, kept in this browser, made where there is none. `known`: it was there before. */
    readonly hostKey: (room: string | undefined) => Effect.Effect<{ readonly key: string; readonly known: boolean }>
    /** Keeps a key that came from elsewhere, as from `hostKeyFromFragment`. */
    readonly keepHostKey: (room: string | undefined, key: string) => Effect.Effect<void>
    /** Forgets the room's key: the next `hostKey` makes another. */
    readonly forgetHostKey: (room: string | undefined) => Effect.Effect<void>
  }
>() {
  static readonly fromStores = (tab: TextStore, browser: TextStore) =>
    Layer.sync(Secrets, () => {
      // A room's name holds no `:`, so these never meet.
      const name = (kind: string, room: string | undefined) => `cf-video-conference:${kind}:${room ?? ""}`
      const kept = (store: TextStore, key: string) =>
        Effect.gen(function* () {
          const before = store.get(key)
          if (before !== null && secretShape.test(before)) return { key: before, known: true }
          const made = yield* makeSecret
          store.set(key, made)
          return { key: made, known: false }
        })
      return {
        guestToken: (room) => Effect.map(kept(tab, name("guest-token", room)), ({ key }) => key),
        hostKey: (room) => kept(browser, name("host-key", room)),
        keepHostKey: (room, key) => Effect.sync(() => browser.set(name("host-key", room), key)),
        forgetHostKey: (room) => Effect.sync(() => browser.remove(name("host-key", room)))
      }
    })

  static readonly Browser = Secrets.fromStores(
    browserStore(() => window.sessionStorage),
    browserStore(() => window.localStorage)
  )
}
