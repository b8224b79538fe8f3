/** What a page remembers. A browser may forbid storage altogether: then nothing is remembered, and nothing breaks. */

type Shelf = "localStorage" | "sessionStorage"

const on = <A>(shelf: Shelf, use: (storage: Storage) => A): A | null => {
  try {
    return use(window[shelf])
  } catch {
    return null
  }
}

const memory = (shelf: Shelf) => ({
  get: (key: string): string | null => on(shelf, (storage) => storage.getItem(key)),
  set: (key: string, value: string): void => void on(shelf, (storage) => storage.setItem(key, value)),
  forget: (key: string): void => void on(shelf, (storage) => storage.removeItem(key))
})

/** In this browser, until the person clears it. */
export const browserMemory = memory("localStorage")

/** In this tab: lives through a reload, and ends with the tab. */
export const tabMemory = memory("sessionStorage")
