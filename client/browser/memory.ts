import { browserStore, type TextStore } from "./TextStore.js"

const withPrefix = (store: TextStore): TextStore => {
  const prefixed = (name: string) => `cf-video-conference:${name}`
  return {
    get: (name) => store.get(prefixed(name)),
    set: (name, value) => store.set(prefixed(name), value),
    remove: (name) => store.remove(prefixed(name))
  }
}

/** What this browser remembers, until the person clears it. */
export const browserMemory = withPrefix(browserStore(() => window.localStorage))

/** What this tab remembers: it survives a reload, and ends with the tab. */
export const tabMemory = withPrefix(browserStore(() => window.sessionStorage))
