import * as Data from "effect/Data"
import * as Effect from "effect/Effect"

/** The rest of the page could not be loaded: no network, or a new deployment has other files. */
export class EngineUnloaded extends Data.TaggedError("EngineUnloaded") {}

type Engine = typeof import("../rtc/engine.js")

let loading: Promise<Engine> | undefined
let failures = 0

const load = async (): Promise<Engine> => {
  try {
    return await import("../rtc/engine.js")
  } catch (cause) {
    loading = undefined
    failures++
    throw cause
  }
}

/** Starts loading, so that nobody waits for it later. What comes of it is told when it is used. */
export const preloadEngine = (): void => {
  loading ??= load()
  loading.catch(() => undefined)
}

/**
 * A second failure may be a browser that remembers the first, or a page older than the deployment: both are mended by a
 * new page. Without a network that would only lose this one, so the page's own address is tried first.
 */
const renewPage = async () => {
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null)
  if (answer?.ok === true) location.reload()
}

/** The calls, loaded once. After a failure the next use tries again. */
export const engine: Effect.Effect<Engine, EngineUnloaded> = Effect.tryPromise({
  try: () => {
    loading ??= load()
    return loading
  },
  catch: () => new EngineUnloaded()
}).pipe(Effect.tapError(() => (failures > 1 ? Effect.promise(renewPage) : Effect.void)))
