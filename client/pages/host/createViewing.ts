import { type Accessor, createMemo, createSignal } from "solid-js"
import { sizeSettleTime } from "../../features/stage/createShownLines.js"
import { arrange } from "../../media/programme/arrange.js"
import type { Scene } from "../../media/programme/scene.js"
import type { HostMessage } from "../../rtc/control.js"
import {
  type Lines,
  lessened,
  linesFor,
  recordedLines,
  shownPixels,
  unsaid,
  type Wanted
} from "../../rtc/quality/wanted.js"
import { createSettled } from "../../solid/createSettled.js"

/** For a picture in a window of its own, in lines: other programs capture it, so it gets the whole picture. */
const windowLines: Lines = 720

/** The size of a camera that is not known yet. */
const unknownSize = { width: 0, height: 0 }

interface ViewingOptions {
  /** What the programme shows. Null while none is composed. */
  readonly scene: Accessor<Scene | null>
  /** Whose screen all others see. */
  readonly sharer: Accessor<string | null>
  readonly recording: Accessor<boolean>
  /** The share of the wanted work that this machine can do; less than 1: the machine is overloaded. */
  readonly machineShare: Accessor<number>
}

const largest = (...lines: ReadonlyArray<Lines>): Lines => linesFor(Math.max(...lines))

/**
 * How large this page wants what each guest sends: as large as it is shown anywhere, on the stage, in the programme or
 * in a window of its own. A page that nobody looks at may be captured: it wants the same.
 */
export const createViewing = ({ machineShare, recording, scene, sharer }: ViewingOptions) => {
  const [tiles, setTiles] = createSignal<ReadonlyMap<string, Wanted>>(new Map())
  const settled = createSettled(tiles, sizeSettleTime)
  const [windows, setWindows] = createSignal<ReadonlySet<string>>(new Set())
  const places = createMemo(() => {
    const composed = scene()
    const placed = composed === null ? [] : arrange(composed).tiles
    return new Map(placed.map(({ box, person }) => [person.id, linesFor(shownPixels(unknownSize, box, "cover"))]))
  })
  return {
    /** The lines at which the stage shows this guest's pictures. Null: the guest is gone. */
    setTile: (guest: string, lines: Wanted | null) =>
      void setTiles((current) => {
        const next = new Map(current)
        if (lines === null) next.delete(guest)
        else next.set(guest, lines)
        return next
      }),
    /** Whose pictures have windows of their own. */
    setWindows,
    messageFor: (guest: string): HostMessage => {
      const { camera, screen } = settled().get(guest) ?? unsaid
      const wanted: Wanted = {
        camera: largest(
          camera,
          places().get(guest) ?? 0,
          windows().has(guest) ? windowLines : 0,
          recording() ? recordedLines : 0
        ),
        screen: recording() || sharer() === guest ? unsaid.screen : screen
      }
      return { type: "wanted", ...lessened(wanted, machineShare()) }
    }
  } as const
}
