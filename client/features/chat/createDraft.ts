import { createSignal } from "solid-js"
import { tabMemory } from "../../browser/memory.js"

/** What somebody is writing in the chat, and to whom: it outlives the panel, and a reload of the page. */
export const createDraft = (storeKey: string) => {
  const recipientKey = `${storeKey}:to`
  const [text, setText] = createSignal(tabMemory.get(storeKey) ?? "")
  const [to, setTo] = createSignal(tabMemory.get(recipientKey))
  const keep = () => {
    const recipient = to()
    if (text() === "") tabMemory.remove(storeKey)
    else tabMemory.set(storeKey, text())
    // With nothing written, a reloaded page writes to everyone.
    if (text() === "" || recipient === null) tabMemory.remove(recipientKey)
    else tabMemory.set(recipientKey, recipient)
  }
  return {
    text,
    setText: (value: string) => {
      setText(value)
      keep()
    },
    /** One recipient's id. Null: everyone. */
    to,
    setTo: (value: string | null) => {
      setTo(value)
      keep()
    }
  } as const
}
