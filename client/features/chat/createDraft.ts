import { createSignal } from "solid-js"
import { tabMemory } from "../../browser/memory.js"

/** What somebody is writing in the chat, and to whom: it outlives the panel, and a reload of the page. */
export const createDraft = (store: string) => {
  const readerStore = `${store}:to`
  const [text, setText] = createSignal(tabMemory.get(store) ?? "")
  const [to, setTo] = createSignal(tabMemory.get(readerStore))
  const keep = () => {
    const reader = to()
    if (text() === "") tabMemory.remove(store)
    else tabMemory.set(store, text())
    // With nothing written, a page that comes back writes to everyone.
    if (text() === "" || reader === null) tabMemory.remove(readerStore)
    else tabMemory.set(readerStore, reader)
  }
  return {
    text,
    setText: (now: string) => {
      setText(now)
      keep()
    },
    /** One reader's id. Null: everyone. */
    to,
    setTo: (now: string | null) => {
      setTo(now)
      keep()
    }
  } as const
}
