import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js"
import { browserMemory } from "../../browser/memory.js"
import { t } from "../../i18n/t.js"
import { type LoudspeakerChange, loudspeakerChange } from "../../media/loudspeakerChange.js"
import type { Device } from "../../media/MediaDevices.js"
import type { Choice } from "../../ui/Select.js"

/** The loudspeaker of the page, remembered by this browser. */
export interface SpeakerModel {
  /** Whether this browser lets a page choose. */
  readonly supported: boolean
  readonly choices: Accessor<ReadonlyArray<Choice>>
  readonly value: Accessor<string>
  readonly pick: (id: string) => void
  /** The argument of `setSinkId`. Empty: the default loudspeaker, also if the picked one is gone. */
  readonly sinkId: Accessor<string>
  /** The picked loudspeaker has gone, or is back. */
  readonly change: Accessor<LoudspeakerChange | undefined>
  readonly dismiss: () => void
  /** There is nothing to play sound on. Known only in browsers that list their outputs without a dialog. */
  readonly missing: Accessor<boolean>
}

/**
 * Firefox lists only the outputs that were picked in a dialog of its own, Safari none. Chromium, the only one with
 * `AudioContext.setSinkId`, lists whether there is any.
 */
const listsAll = () => "AudioContext" in window && "setSinkId" in AudioContext.prototype

/** `known`: the browser has listed its devices. */
export const createSpeaker = (devices: Accessor<ReadonlyArray<Device>>, known: Accessor<boolean>): SpeakerModel => {
  const [picked, setPicked] = createSignal(browserMemory.get("speaker") ?? "")
  const speakers = createMemo(() =>
    devices().filter(({ id, kind }) => kind === "speaker" && id !== "" && id !== "default")
  )
  const missing = createMemo(() => known() && listsAll() && !devices().some(({ kind }) => kind === "speaker"))
  // Once a remote voice has found no default output, Chromium plays none there, even later: the output has to be named
  // (tried).
  const wasMissing = createMemo((was: boolean) => was || missing(), false)
  const standard = () => (wasMissing() ? (speakers()[0]?.id ?? "") : "")
  const sinkId = createMemo(() => (speakers().some(({ id }) => id === picked()) ? picked() : standard()))
  const named = createMemo((last: string) => speakers().find(({ id }) => id === picked())?.label ?? last, "")
  const [change, setChange] = createSignal<LoudspeakerChange>()
  createEffect(
    on(sinkId, (current, previous) => {
      const name = picked() === "" ? undefined : named()
      setChange((said) => loudspeakerChange({ before: previous, now: current, picked: name, said }))
    })
  )
  return {
    supported: "setSinkId" in HTMLMediaElement.prototype,
    choices: () => [
      { value: "", label: t.media.standard.speaker() },
      ...speakers().map(({ id, label }, index) => ({ value: id, label: label || t.media.unnamed.speaker(index + 1) }))
    ],
    value: sinkId,
    pick: (id) => {
      setChange(undefined)
      setPicked(id)
      if (id === "") browserMemory.remove("speaker")
      else browserMemory.set("speaker", id)
    },
    sinkId,
    change,
    dismiss: () => setChange(undefined),
    missing
  }
}
