/** A value that changes, and those who hear of it: what a page needs of a reference before the calls are loaded. */
export interface Cell<A> {
  readonly get: () => A
  readonly set: (value: A) => void
  /** Hears every later value, until what it gives is called. */
  readonly listen: (hear: (value: A) => void) => () => void
}

/** A cell that holds this first. */
export const makeCell = <A>(first: A): Cell<A> => {
  let value = first
  const hearers = new Set<(value: A) => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const hear of hearers) hear(next)
    },
    listen: (hear) => {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    }
  }
}
