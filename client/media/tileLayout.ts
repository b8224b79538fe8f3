/** Where tiles stand on the stage, in pixels from its upper left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type Sides = Pick<Box, "height" | "width">

/** What tiles may be other than usual. */
export interface TileShape {
  /** No tile is larger. */
  readonly most?: Sides
  /** The space between two, in pixels. */
  readonly gap?: number
  /** The least width by height of a tile. */
  readonly narrowest?: number
}

/** From a phone held upright to a television. */
const usual = { gap: 10, narrowest: 3 / 4 }
const widest = 16 / 9
const { gap } = usual

/** The most of a large tile's sides that those of the small ones beside it may have. */
const smaller = 0.6

/** The strip of small tiles beside a large one, as a share of the stage: the first that lets them be this wide. */
const strips = [0.22, 0.28, 0.34, 0.4]
const wideEnough = 96

/** The largest shape of a tile that fits a cell. */
const fit = (width: number, height: number, narrowest: number): Sides => ({
  width: Math.max(0, Math.min(width, height * widest)),
  height: Math.max(0, Math.min(height, width / narrowest))
})

/** The width of what a tile shows of a camera, most of which are this much wider than high. Larger tiles may show less. */
const pictureWidth = ({ height, width }: Sides) => Math.min(width, height * 1.5)

/** Equal tiles in rows and columns, with pictures as large as the area and `most` let them be; a last row that is not full stands in the middle. */
export const grid = (count: number, area: Box, shape: TileShape = {}): ReadonlyArray<Box> => {
  const { most, gap, narrowest } = { most: area, ...usual, ...shape }
  const cells = Array.from({ length: count }, (_, index) => {
    const across = index + 1
    const down = Math.ceil(count / across)
    const tile = fit(
      Math.min(most.width, (area.width - gap * (across - 1)) / across),
      Math.min(most.height, (area.height - gap * (down - 1)) / down),
      narrowest
    )
    return { across, down, ...tile }
  })
  const [best] = [...cells].sort((one, other) => pictureWidth(other) - pictureWidth(one))
  if (best === undefined) return []
  const { across, down, height, width } = best
  const top = area.y + (area.height - down * height - (down - 1) * gap) / 2
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / across)
    const inRow = row === down - 1 ? count - row * across : across
    const left = area.x + (area.width - inRow * width - (inRow - 1) * gap) / 2
    return { x: left + (index % across) * (width + gap), y: top + row * (height + gap), width, height }
  })
}

/** Tiles whose connection is gone stand below the stage in a row this high at most: as a share of it, and in pixels. */
const row = 0.2
const maxRowHeight = 96

/** Places a large tile and the others in a strip beside it, or below. */
const placeBeside = (count: number, all: Box, large: number, strip: number): ReadonlyArray<Box> => {
  const { height, width } = all
  const [side, main]: [Box, Box] =
    width > height
      ? [
          { ...all, x: all.x + width * (1 - strip) + gap, width: width * strip - gap },
          { ...all, width: width * (1 - strip) }
        ]
      : [
          { ...all, y: all.y + height * (1 - strip) + gap, height: height * strip - gap },
          { ...all, height: height * (1 - strip) }
        ]
  const one = grid(1, main)
  const most = {
    width: Math.max(...one.map(({ width }) => width * smaller)),
    height: Math.max(...one.map(({ height }) => height * smaller))
  }
  const small = grid(count - 1, side, { most })
  return [...small.slice(0, large), ...one, ...small.slice(large)]
}

/** Places `count` tiles in an area. The one at `large`, where there is one, has the most of it. */
const place = (count: number, all: Box, large: number | null): ReadonlyArray<Box> => {
  if (large === null || large >= count || count < 2) return grid(count, all)
  const tried = strips.map((strip) => placeBeside(count, all, large, strip))
  const narrowestOf = (boxes: ReadonlyArray<Box>) => Math.min(...boxes.map(({ width }) => width))
  return tried.find((boxes) => narrowestOf(boxes) >= wideEnough) ?? tried.at(-1) ?? []
}

/**
 * Places `count` tiles on a stage. The one at `large`, where there is one, has the most of it; those at `shrunk` stand
 * small in a row below all others, if there are others.
 */
export const layout = (
  count: number,
  width: number,
  height: number,
  large: number | null,
  shrunk: ReadonlySet<number> = new Set()
): ReadonlyArray<Box> => {
  const all: Box = { x: 0, y: 0, width, height }
  const indices = Array.from({ length: count }, (_, index) => index)
  const low = indices.filter((index) => shrunk.has(index))
  if (low.length === 0 || low.length === count) return place(count, all, large)
  const high = indices.filter((index) => !shrunk.has(index))
  const lowHeight = Math.min(maxRowHeight, height * row)
  const largest = large === null || shrunk.has(large) ? null : high.indexOf(large)
  const highBoxes = place(high.length, { ...all, height: height - lowHeight - gap }, largest === -1 ? null : largest)
  const lowBoxes = grid(low.length, { ...all, y: height - lowHeight, height: lowHeight })
  const boxes = new Map<number, Box>()
  for (const [at, index] of high.entries()) boxes.set(index, highBoxes[at] ?? all)
  for (const [at, index] of low.entries()) boxes.set(index, lowBoxes[at] ?? all)
  return indices.map((index) => boxes.get(index) ?? all)
}
