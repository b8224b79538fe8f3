import { type Box, grid } from "../tileLayout.js"
import { programmeSize, type Scene, type ScenePerson, screenStrip } from "./scene.js"

/** Where things stand in one picture of the programme, in its pixels. None covers another. */
export interface Arrangement {
  readonly tiles: ReadonlyArray<Tile>
  /** The shared screen's. */
  readonly screen: Box | null
  /** The tile that says how many are not shown. */
  readonly more: { readonly count: number; readonly box: Box } | null
}

export interface Tile {
  readonly person: ScenePerson
  readonly box: Box
}

/** The space between tiles, and around them. */
const gap = 8

/** Tiles that a strip has: with more of them names, whose letters get no smaller, would stand over faces. */
const mostInStrip = 6
/** Tiles that the whole picture has: with more of them names could not be read. */
const mostInGrid = 25

/** A tile's least width by its height: most cameras are wide, and would be cut too much in a narrower one. */
const narrowest = { wide: 4 / 3, upright: 3 / 4 }

const all: Box = { x: 0, y: 0, ...programmeSize }
/** A whole number, so that no column of pixels belongs to both. */
const edge = Math.round(all.width * (1 - screenStrip))
const left: Box = { ...all, width: edge }
const strip: Box = { ...all, x: edge, width: all.width - edge }

const inset = ({ height, width, x, y }: Box): Box => ({
  x: x + gap,
  y: y + gap,
  width: width - 2 * gap,
  height: height - 2 * gap
})

/** Whoever is shown where there are this many places: who speaks, and of the others the first, all in their order. */
const chosen = (people: ReadonlyArray<ScenePerson>, places: number) => {
  if (people.length <= places) return { shown: people, more: 0 }
  const wanted = [...people.filter(({ speaking }) => speaking), ...people.filter(({ speaking }) => !speaking)]
  // One place is for the tile that says how many are not shown.
  const seen = new Set(wanted.slice(0, places - 1))
  return { shown: people.filter((person) => seen.has(person)), more: people.length - seen.size }
}

/** People in tiles of one size, in an area. */
const fill = (people: ReadonlyArray<ScenePerson>, area: Box, places: number, upright: boolean) => {
  const { more, shown } = chosen(people, places)
  const boxes = grid(shown.length + Math.sign(more), inset(area), {
    gap,
    narrowest: upright ? narrowest.upright : narrowest.wide
  })
  const last = boxes.at(-1)
  return {
    tiles: shown.flatMap((person, index): ReadonlyArray<Tile> => {
      const box = boxes[index]
      return box === undefined ? [] : [{ person, box }]
    }),
    more: more === 0 || last === undefined ? null : { count: more, box: last }
  }
}

/** Places people and a screen. `upright`: most of the pictures are higher than wide, and tiles may be so, too. */
export const arrange = ({ large, layout, people, sharer }: Scene, upright = false): Arrangement => {
  const one = people.find(({ id }) => id === large) ?? people[0]
  if (layout === "screen" && sharer !== null) {
    return { screen: left, ...fill(people, strip, mostInStrip, upright) }
  }
  if (one === undefined) return { tiles: [], screen: null, more: null }
  if (layout === "one" || people.length === 1) return { tiles: [{ person: one, box: all }], screen: null, more: null }
  if (layout !== "speaker") return { screen: null, ...fill(people, all, mostInGrid, upright) }
  const others = fill(
    people.filter((person) => person !== one),
    strip,
    mostInStrip,
    upright
  )
  return { screen: null, more: others.more, tiles: [...fill([one], left, 1, upright).tiles, ...others.tiles] }
}

/** The ids of those whom a scene shows, and who are not among the others that it counts. */
export const peopleIn = (scene: Scene): ReadonlySet<string> =>
  new Set(arrange(scene).tiles.map(({ person }) => person.id))
