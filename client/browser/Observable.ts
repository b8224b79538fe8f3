/** A value that changes, and those who listen to it: what a page needs of a reference before the calls are loaded. */
export interface Observable<A> {
  readonly get: () => A
  readonly set: (value: A) => void
  /** Hears every later value, until what it gives is called. */
  readonly listen: (listener: (value: A) => void) => () => void
}

/** An observable value that holds this first. */
export const makeObservable = <A>(first: A): Observable<A> => {
  let value = first
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
