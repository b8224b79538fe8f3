/** The Web Locks of one browser, in memory: exclusive locks, with `steal` and `signal`. */
import type { Locks } from "../../browser/tabLocks.js"

interface Held {
  readonly lost: () => void
}

export const makeFakeLocks = (): Locks => {
  const held = new Map<string, Held>()
  const waiting: Array<{ readonly name: string; readonly grant: () => void }> = []

  const request = (name: string, options: LockOptions, callback: LockGrantedCallback<unknown>) =>
    new Promise<unknown>((resolve, reject) => {
      const grant = () => {
        const mine: Held = { lost: () => reject(new DOMException("Stolen.", "AbortError")) }
        held.set(name, mine)
        void Promise.resolve(callback({ name, mode: "exclusive" })).then((value) => {
          if (held.get(name) === mine) {
            held.delete(name)
            const next = waiting.findIndex((waiter) => waiter.name === name)
            if (next >= 0) waiting.splice(next, 1)[0]?.grant()
          }
          resolve(value)
        })
      }
      const before = held.get(name)
      if (before !== undefined && !options.steal) {
        const waiter = { name, grant }
        waiting.push(waiter)
        options.signal?.addEventListener("abort", () => {
          const place = waiting.indexOf(waiter)
          if (place >= 0) waiting.splice(place, 1)
          reject(new DOMException("No longer asked for.", "AbortError"))
        })
        return
      }
      before?.lost()
      grant()
    })

  // The overloads of `request` cannot be met by one function.
  return {
    request: request as Locks["request"],
    query: () => Promise.resolve({ held: [...held.keys()].map((name) => ({ name })), pending: [] })
  }
}
