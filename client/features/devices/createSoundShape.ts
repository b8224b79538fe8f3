import { createMemo, createSignal } from "solid-js"
import { browserMemory } from "../../browser/memory.js"
import type { SoundShape } from "../../media/MediaDevices.js"

/** A setting that this browser remembers. */
const createBrowserSetting = (name: string, initial: boolean) => {
  const [isOn, setIsOn] = createSignal((browserMemory.get(name) ?? (initial ? "on" : "off")) === "on")
  return [
    isOn,
    (value: boolean) => {
      setIsOn(value)
      browserMemory.set(name, value ? "on" : "off")
    }
  ] as const
}

/** How the microphone's sound is processed, as the person chose it. */
export const createSoundShape = () => {
  const [original, setOriginal] = createBrowserSetting("original-sound", false)
  const [denoised, setDenoised] = createBrowserSetting("noise-suppression", true)
  return {
    original,
    setOriginal,
    denoised,
    setDenoised,
    wanted: createMemo((): SoundShape => ({ original: original(), denoised: denoised() }))
  } as const
}
