import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js"
import { tabMemory } from "../../browser/memory.js"
import type { ProgrammeLayout } from "../../media/programme/scene.js"

type Picked = Exclude<ProgrammeLayout, "screen">

const isPicked = (text: string | null): text is Picked => text === "everyone" || text === "speaker" || text === "one"

interface LayoutOptions {
  readonly room: string | undefined
  /** The ids of those who are in the programme. */
  readonly people: Accessor<ReadonlyArray<string>>
  readonly activeSpeaker: Accessor<string | null>
  /** Whose screen is shown. */
  readonly sharer: Accessor<string | null>
}

/**
 * How the programme places people, and who is large: whom the host pinned, else the active speaker. A pin turns the
 * layout `everyone` into `speaker`. A shared screen comes first, until the host picks something else.
 */
export const createProgrammeLayout = ({ activeSpeaker, people, room, sharer }: LayoutOptions) => {
  const storeKey = `layout:${room ?? ""}`
  const remembered = tabMemory.get(storeKey)
  const [picked, setPicked] = createSignal<Picked>(isPicked(remembered) ? remembered : "everyone")
  const [pin, setPin] = createSignal<string | null>(null)
  /** How the host chose to show something other than the shared screen. */
  const [screenDeclinedBy, setScreenDeclinedBy] = createSignal<"pin" | "picked" | null>(null)
  createEffect(on(sharer, () => setScreenDeclinedBy(null), { defer: true }))

  const ifPresent = (id: string | null) => (id !== null && people().includes(id) ? id : null)
  const pinned = createMemo(() => ifPresent(pin()))
  const layout = createMemo((): ProgrammeLayout => {
    const declined = screenDeclinedBy() === "picked" || (screenDeclinedBy() === "pin" && pinned() !== null)
    if (sharer() !== null && !declined) return "screen"
    return pinned() !== null && picked() === "everyone" ? "speaker" : picked()
  })

  return {
    layout,
    /** Whom the host has pinned. Null while a screen is large. */
    pinned: createMemo(() => (layout() === "screen" ? null : pinned())),
    /** Who is large, or the only one shown. Null: all have the same size, or a screen is large. */
    large: createMemo(() => {
      const current = layout()
      if (current === "everyone" || current === "screen") return null
      return pinned() ?? ifPresent(activeSpeaker()) ?? people()[0] ?? null
    }),
    pick: (wanted: ProgrammeLayout) => {
      setScreenDeclinedBy(wanted === "screen" ? null : "picked")
      if (wanted === "screen") return
      if (wanted === "everyone") setPin(null)
      setPicked(wanted)
      tabMemory.set(storeKey, wanted)
    },
    /** Keeps somebody large. Null: the active speaker is. */
    pin: (id: string | null) => {
      setPin(id)
      // A layout that was picked instead of the screen stays, whoever is pinned in it.
      if (screenDeclinedBy() !== "picked") setScreenDeclinedBy(id === null ? null : "pin")
    }
  } as const
}
