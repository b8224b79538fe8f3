/** A value that changes, with its listeners: what a page needs of a `SubscriptionRef` before the calls are loaded. */
export interface Observable<A> {
  readonly get: () => A
  readonly set: (value: A) => void
  /** Calls the listener with every later value, until the returned function is called. */
  readonly listen: (listener: (value: A) => void) => () => void
}

/** An observable value, `initial` at first. */
export const makeObservable = <A>(initial: A): Observable<A> => {
  let value = initial
  const listeners = new Set<(value: A) => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const listener of listeners) listener(next)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    }
  }
}
