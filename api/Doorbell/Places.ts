import type { Place } from "./Bells.js"

/** Callers whose place is remembered at most. */
const capacity = 10_000

/**
 * Where callers waited last, by one isolate: what is known needs no look to open the right bell. It may be out of date:
 * compare with what a look says.
 */
export class Places {
  readonly #places = new Map<string, Place>()

  find(caller: string): Place | undefined {
    return this.#places.get(caller)
  }

  /** Forgets the oldest where there are too many. */
  remember(caller: string, place: Place): void {
    this.#places.delete(caller)
    this.#places.set(caller, place)
    if (this.#places.size <= capacity) return
    const [oldest] = this.#places.keys()
    if (oldest !== undefined) this.#places.delete(oldest)
  }

  forget(caller: string): void {
    this.#places.delete(caller)
  }
}
