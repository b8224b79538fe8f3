/** Text kept between loads of the page. Never fails: what cannot be kept is forgotten. */
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
 * A browser's storage, with memory behind it: where storage is blocked (private windows, cookie settings, a full
 * quota) even reading `window.localStorage` throws, and the page works on without it.
 */
export const browserStore = (open: () => Storage): TextStore => {
  const memory = memoryStore()
  const attempt = <A>(use: (storage: Storage) => A): A | null => {
    try {
      return use(open())
    } catch {
      return null
    }
  }
  return {
    get: (name) => memory.get(name) ?? attempt((storage) => storage.getItem(name)),
    set: (name, value) => {
      memory.set(name, value)
      attempt((storage) => storage.setItem(name, value))
    },
    remove: (name) => {
      memory.remove(name)
      attempt((storage) => storage.removeItem(name))
    }
  }
}
