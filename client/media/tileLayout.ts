/** Where tiles are on the stage, in pixels from its upper left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type Sides = Pick<Box, "height" | "width">

/** Options for the tiles of a grid. */
export interface TileShape {
  /** The largest tile. */
  readonly maxSize?: Sides
  /** The space between two, in pixels. */
  readonly gap?: number
  /** Width by height at least. */
  readonly minAspectRatio?: number
}

const defaultGap = 10
const defaultMinAspectRatio = 3 / 4
const maxAspectRatio = 16 / 9

/** The sides of the small tiles beside a large one are at most this share of its own. */
const maxShareOfLarge = 0.6

/**
 * Shares of the stage to try for the strip beside a large tile: the first whose tiles are all this wide, in pixels, is
 * taken.
 */
const stripShares = [0.22, 0.28, 0.34, 0.4]
const minStripTileWidth = 96

/** The height of the row of shrunk tiles at most: as a share of the stage, and in pixels. */
const maxShrunkRowShare = 0.2
const maxShrunkRowHeight = 96

/** The largest tile that fits a cell. */
const fit = (width: number, height: number, minAspectRatio: number): Sides => ({
  width: Math.max(0, Math.min(width, height * maxAspectRatio)),
  height: Math.max(0, Math.min(height, width / minAspectRatio))
})

/** The width of a 3:2 camera picture in this tile: most cameras are 3:2 or wider. */
const pictureWidth = ({ height, width }: Sides) => Math.min(width, height * 1.5)

/**
 * Equal tiles in rows and columns, with pictures as large as the area and `maxSize` allow. A last row that is not full
 * is centred.
 */
export const grid = (
  count: number,
  area: Box,
  { gap = defaultGap, maxSize = area, minAspectRatio = defaultMinAspectRatio }: TileShape = {}
): ReadonlyArray<Box> => {
  const candidates = Array.from({ length: count }, (_, index) => {
    const columns = index + 1
    const rows = Math.ceil(count / columns)
    const tile = fit(
      Math.min(maxSize.width, (area.width - gap * (columns - 1)) / columns),
      Math.min(maxSize.height, (area.height - gap * (rows - 1)) / rows),
      minAspectRatio
    )
    return { columns, rows, ...tile }
  })
  const [best] = candidates.sort((one, other) => pictureWidth(other) - pictureWidth(one))
  if (best === undefined) return []
  const { columns, height, rows, width } = best
  const top = area.y + (area.height - rows * height - (rows - 1) * gap) / 2
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns)
    const tilesInRow = row === rows - 1 ? count - row * columns : columns
    const left = area.x + (area.width - tilesInRow * width - (tilesInRow - 1) * gap) / 2
    return { x: left + (index % columns) * (width + gap), y: top + row * (height + gap), width, height }
  })
}

/** Places a large tile and the others in a strip beside it, or below on an upright stage. */
const placeBeside = (count: number, area: Box, large: number, stripShare: number): ReadonlyArray<Box> => {
  const { height, width } = area
  const [strip, main]: [Box, Box] =
    width > height
      ? [
          { ...area, x: area.x + width * (1 - stripShare) + defaultGap, width: width * stripShare - defaultGap },
          { ...area, width: width * (1 - stripShare) }
        ]
      : [
          { ...area, y: area.y + height * (1 - stripShare) + defaultGap, height: height * stripShare - defaultGap },
          { ...area, height: height * (1 - stripShare) }
        ]
  const largeBoxes = grid(1, main)
  const maxSize = {
    width: Math.max(...largeBoxes.map((box) => box.width * maxShareOfLarge)),
    height: Math.max(...largeBoxes.map((box) => box.height * maxShareOfLarge))
  }
  const small = grid(count - 1, strip, { maxSize })
  return [...small.slice(0, large), ...largeBoxes, ...small.slice(large)]
}

/** Places `count` tiles in an area. The one at `large`, if any, has the most of it. */
const place = (count: number, area: Box, large: number | null): ReadonlyArray<Box> => {
  if (large === null || large >= count || count < 2) return grid(count, area)
  const candidates = stripShares.map((share) => placeBeside(count, area, large, share))
  const minWidth = (boxes: ReadonlyArray<Box>) => Math.min(...boxes.map(({ width }) => width))
  return candidates.find((boxes) => minWidth(boxes) >= minStripTileWidth) ?? candidates.at(-1) ?? []
}

/** The tiles of a stage. They are named by their indices, from 0. */
export interface StageTiles {
  readonly count: number
  /** In pixels. */
  readonly stage: Sides
  /** The tile that has the most of the stage. */
  readonly large: number | null
  /** Tiles that are small, in a row below all others, if there are others. */
  readonly shrunk?: ReadonlySet<number>
}

/** Where each tile of a stage is. */
export const layoutTiles = ({ count, large, shrunk = new Set(), stage }: StageTiles): ReadonlyArray<Box> => {
  const area: Box = { x: 0, y: 0, ...stage }
  const indices = Array.from({ length: count }, (_, index) => index)
  const shrunkIndices = indices.filter((index) => shrunk.has(index))
  if (shrunkIndices.length === 0 || shrunkIndices.length === count) return place(count, area, large)
  const otherIndices = indices.filter((index) => !shrunk.has(index))
  const rowHeight = Math.min(maxShrunkRowHeight, area.height * maxShrunkRowShare)
  const largeAt = large === null ? -1 : otherIndices.indexOf(large)
  const otherArea = { ...area, height: area.height - rowHeight - defaultGap }
  const otherBoxes = place(otherIndices.length, otherArea, largeAt === -1 ? null : largeAt)
  const shrunkBoxes = grid(shrunkIndices.length, { ...area, y: area.height - rowHeight, height: rowHeight })
  const boxes = new Map<number, Box>()
  for (const [at, index] of otherIndices.entries()) boxes.set(index, otherBoxes[at] ?? area)
  for (const [at, index] of shrunkIndices.entries()) boxes.set(index, shrunkBoxes[at] ?? area)
  return indices.map((index) => boxes.get(index) ?? area)
}
