/** How large pictures are wanted: plain values, which pages read before the calls are loaded. */
import type { Fit } from "../../media/videoFit.js"

/** Lines of a picture: the pixels of its shorter side. 0: nobody sees it, and it is not sent. */
export const lineSteps = [0, 90, 180, 270, 360, 540, 720, 1080] as const
export type Lines = (typeof lineSteps)[number]

/** How large one side shows what the other side sends. */
export interface Wanted {
  readonly camera: Lines
  readonly screen: Lines
}

/** Until the other side has said what it wants. */
export const unsaid: Wanted = { camera: 720, screen: 1080 }

/** Nobody sees the page, or it closes. */
export const wantsNothing: Wanted = { camera: 0, screen: 0 }

/** A recorded picture is wanted in this size at least. */
export const recordedLines: Lines = 720

/** A picture that is enlarged this much looks the same. */
const unseenEnlargement = 1.1

/** The smallest step that fills this many pixels. */
export const linesFor = (pixels: number): Lines =>
  lineSteps.find((lines) => lines * unseenEnlargement >= pixels) ?? 1080

interface Sides {
  readonly width: number
  readonly height: number
}

/** The assumed shape of a picture that is not known yet. */
const assumedSides: Sides = { width: 16, height: 9 }

/** The pixels of the shorter side of a picture that is shown in a box. */
export const shownPixels = (picture: Sides, box: Sides, fit: Fit): number => {
  const { height, width } = picture.width > 0 && picture.height > 0 ? picture : assumedSides
  const scales = [box.width / width, box.height / height]
  return Math.min(width, height) * (fit === "cover" ? Math.max(...scales) : Math.min(...scales))
}

/** One step smaller, but not 0 unless it is already. */
const smaller = (lines: Lines): Lines =>
  lines === 0 ? 0 : (lineSteps[Math.max(1, lineSteps.indexOf(lines) - 1)] ?? lines)

/** What is wanted from a machine that can do only this share: one step less for each halving beyond the first. */
export const lessened = (wanted: Wanted, share: number): Wanted => {
  let camera = wanted.camera
  for (let remaining = share; remaining < 0.5; remaining *= 2) camera = smaller(camera)
  return { ...wanted, camera }
}
