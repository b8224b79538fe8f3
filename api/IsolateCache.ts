/** The most entries that a cache keeps. */
const maxEntries = 10_000

/** What one isolate remembers, by key. Evicts the entry that was set first if there are too many. May be outdated. */
export class IsolateCache<A> {
  readonly #entries = new Map<string, A>()

  get(key: string): A | undefined {
    return this.#entries.get(key)
  }

  set(key: string, value: A): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size <= maxEntries) return
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined) this.#entries.delete(oldest)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
