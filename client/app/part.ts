import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { type Accessor, createSignal } from "solid-js"

/** The rest of the page could not be loaded: no network, or a new deployment has other files. */
export class PartUnloaded extends Data.TaggedError("PartUnloaded") {}

/**
 * A part of a page is a chunk of its code that is loaded lazily, with a dynamic `import()`: what the page does not need
 * for what it shows first.
 */
export interface Part<A> {
  /** Starts loading, so that nobody waits for it later. Only `loaded` reports a failure. */
  readonly preload: () => void
  /** Loaded once. After a failure the next use tries again. */
  readonly loaded: Effect.Effect<A, PartUnloaded>
  /** The part once it is loaded, undefined before. */
  readonly current: Accessor<A | undefined>
}

/**
 * A second failure may be a browser that caches the first, or a page older than the deployment: a reload fixes both.
 * Without a network a reload would only lose this page, so the page's own address is requested first.
 */
const renewPage = async () => {
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null)
  if (answer?.ok === true) location.reload()
}

/** `load` is the dynamic import of the part. */
export const makePart = <A>(load: () => Promise<A>): Part<A> => {
  const [current, setCurrent] = createSignal<A>()
  let loading: Promise<A> | undefined
  let failures = 0
  const attempt = async (): Promise<A> => {
    try {
      const part = await load()
      setCurrent(() => part)
      return part
    } catch (cause) {
      loading = undefined
      failures++
      throw cause
    }
  }
  const begin = () => {
    loading ??= attempt()
    return loading
  }
  return {
    current,
    preload: () => {
      begin().catch(() => undefined)
    },
    loaded: Effect.tryPromise({ try: begin, catch: () => new PartUnloaded() }).pipe(
      Effect.tapError(() => (failures > 1 ? Effect.promise(renewPage) : Effect.void))
    )
  }
}
