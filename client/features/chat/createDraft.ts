import { createSignal } from "solid-js"
import { tabMemory } from "../../browser/memory.js"

/** What somebody is writing in the chat, and to whom: it outlives the panel, and a reload of the page. */
export const createDraft = (store: string) => {
  const [text, setText] = createSignal(tabMemory.get(store) ?? "")
  const [to, setTo] = createSignal<string | null>(null)
  return {
    text,
    setText: (now: string) => {
      setText(now)
      if (now === "") tabMemory.remove(store)
      else tabMemory.set(store, now)
    },
    /** One reader's id. Null: everyone. */
    to,
    setTo
  } as const
}
