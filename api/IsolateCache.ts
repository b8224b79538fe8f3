/** The most entries that a cache keeps. */
const maxEntries = 10_000

/** What one isolate remembers, by key. May be outdated. If it is full, it evicts what was set longest ago. */
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
