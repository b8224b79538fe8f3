import { createMemo, createSignal } from "solid-js"
import { browserMemory } from "../../browser/memory.js"
import type { SoundShape } from "../../media/MediaDevices.js"

/** A choice that this browser remembers. */
const createChoice = (name: string, first: boolean) => {
  const [is, setIs] = createSignal((browserMemory.get(name) ?? (first ? "on" : "off")) === "on")
  return [
    is,
    (now: boolean) => {
      setIs(now)
      browserMemory.set(name, now ? "on" : "off")
    }
  ] as const
}

/** What is done to the microphone's sound, as the person chose it. */
export const createSoundShape = () => {
  const [original, setOriginal] = createChoice("original-sound", false)
  const [denoised, setDenoised] = createChoice("noise-suppression", true)
  return {
    original,
    setOriginal,
    denoised,
    setDenoised,
    wanted: createMemo((): SoundShape => ({ original: original(), denoised: denoised() }))
  } as const
}
