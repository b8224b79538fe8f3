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
 * How the programme places people, and who is large: whom the host pinned, else the active speaker. In the layout of
 * everyone a pin makes its holder large. A screen that is shared comes first, until the host picks something else.
 */
export const createProgrammeLayout = ({ activeSpeaker, people, room, sharer }: LayoutOptions) => {
  const store = `layout:${room ?? ""}`
  const remembered = tabMemory.get(store)
  const [picked, setPicked] = createSignal<Picked>(isPicked(remembered) ? remembered : "everyone")
  const [pin, setPin] = createSignal<string | null>(null)
  /** What the host wants to see instead of the screen that is shared. */
  const [instead, setInstead] = createSignal<"pin" | "picked" | null>(null)
  createEffect(on(sharer, () => setInstead(null), { defer: true }))

  const here = (id: string | null) => (id !== null && people().includes(id) ? id : null)
  const pinned = createMemo(() => here(pin()))
  const layout = createMemo((): ProgrammeLayout => {
    const declined = instead() === "picked" || (instead() === "pin" && pinned() !== null)
    if (sharer() !== null && !declined) return "screen"
    return pinned() !== null && picked() === "everyone" ? "speaker" : picked()
  })

  return {
    layout,
    /** Whom the host has made large. Null while a screen is. */
    pinned: createMemo(() => (layout() === "screen" ? null : pinned())),
    /** Who is large, or alone. Null: nobody is, since all are alike or a screen is large. */
    large: createMemo(() => {
      const now = layout()
      if (now === "everyone" || now === "screen") return null
      return pinned() ?? here(activeSpeaker()) ?? people()[0] ?? null
    }),
    pick: (wanted: ProgrammeLayout) => {
      setInstead(wanted === "screen" ? null : "picked")
      if (wanted === "screen") return
      if (wanted === "everyone") setPin(null)
      setPicked(wanted)
      tabMemory.set(store, wanted)
    },
    /** Keeps somebody large; null: whoever speaks is. */
    pin: (id: string | null) => {
      setPin(id)
      // A layout that was picked instead of the screen stays, whoever is pinned in it.
      if (instead() !== "picked") setInstead(id === null ? null : "pin")
    }
  } as const
}
