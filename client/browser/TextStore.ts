/** Text kept between loads of the page. Never fails: a text that cannot be stored is lost with the page. */
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
 * A browser's storage, with memory for what it does not accept: if storage is blocked (private windows, cookie
 * settings, a full quota), even reading `window.localStorage` may throw, and the page works on without it. What it
 * accepts is always read from it, since other tabs may change it.
 */
export const browserStore = (open: () => Storage): TextStore => {
  const memory = memoryStore()
  const attempt = <A>(use: (storage: Storage) => A, otherwise: A): A => {
    try {
      return use(open())
    } catch {
      return otherwise
    }
  }
  const succeeds = (change: (storage: Storage) => void) =>
    attempt((storage) => {
      change(storage)
      return true
    }, false)
  return {
    get: (name) => memory.get(name) ?? attempt((storage) => storage.getItem(name), null),
    set: (name, value) => {
      if (succeeds((storage) => storage.setItem(name, value))) memory.remove(name)
      else memory.set(name, value)
    },
    remove: (name) => {
      memory.remove(name)
      succeeds((storage) => storage.removeItem(name))
    }
  }
}
