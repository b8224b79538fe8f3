import { browserStore, type TextStore } from "./TextStore.js"

const named = (store: TextStore): TextStore => {
  const own = (name: string) => `cf-video-conference:${name}`
  return {
    get: (name) => store.get(own(name)),
    set: (name, value) => store.set(own(name), value),
    remove: (name) => store.remove(own(name))
  }
}

/** What this browser remembers, until the person clears it. */
export const browserMemory = named(browserStore(() => window.localStorage))

/** What this tab remembers: it lives through a reload, and ends with the tab. */
export const tabMemory = named(browserStore(() => window.sessionStorage))
