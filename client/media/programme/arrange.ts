import { type Box, grid } from "../tileLayout.js"
import { programmeSize, type Scene, type ScenePerson, screenStrip } from "./scene.js"

/** Where everything is in one picture of the programme, in its pixels. Nothing overlaps. */
export interface Arrangement {
  readonly tiles: ReadonlyArray<Tile>
  /** The shared screen's. */
  readonly screen: Box | null
  /** The tile with the number of people who are not shown. */
  readonly more: { readonly count: number; readonly box: Box } | null
}

export interface Tile {
  readonly person: ScenePerson
  readonly box: Box
}

/** The space between tiles, and around them. */
const gap = 8

/** Tiles in a strip at most: with more, names, whose letters get no smaller, would cover faces. */
const maxInStrip = 6
/** Tiles in the whole picture at most: with more, names could not be read. */
const maxInGrid = 25

/** Width by height of a tile at least: most cameras are wide, and would be cut too much in a narrower one. */
const minAspectRatios = { wide: 4 / 3, upright: 3 / 4 }

const all: Box = { x: 0, y: 0, ...programmeSize }
/** A whole number, so that no column of pixels belongs to both. */
const stripX = Math.round(all.width * (1 - screenStrip))
const mainArea: Box = { ...all, width: stripX }
const strip: Box = { ...all, x: stripX, width: all.width - stripX }

const inset = ({ height, width, x, y }: Box): Box => ({
  x: x + gap,
  y: y + gap,
  width: width - 2 * gap,
  height: height - 2 * gap
})

/** Who is shown in this many places: those who speak, and the first of the others, all in their order. */
const chosen = (people: ReadonlyArray<ScenePerson>, places: number) => {
  if (people.length <= places) return { shown: people, more: 0 }
  const wanted = [...people.filter(({ speaking }) => speaking), ...people.filter(({ speaking }) => !speaking)]
  // One place is for the tile with the number of those who are not shown.
  const seen = new Set(wanted.slice(0, places - 1))
  return { shown: people.filter((person) => seen.has(person)), more: people.length - seen.size }
}

/** People in tiles of one size, in an area. */
const fill = (people: ReadonlyArray<ScenePerson>, area: Box, places: number, upright: boolean) => {
  const { more, shown } = chosen(people, places)
  const boxes = grid(shown.length + Math.sign(more), inset(area), {
    gap,
    minAspectRatio: upright ? minAspectRatios.upright : minAspectRatios.wide
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

/** Places people and a screen. `upright`: most pictures are higher than wide, so tiles may be, too. */
export const arrange = ({ large, layout, people, sharer }: Scene, upright = false): Arrangement => {
  const largePerson = people.find(({ id }) => id === large) ?? people[0]
  if (layout === "screen" && sharer !== null) {
    return { screen: mainArea, ...fill(people, strip, maxInStrip, upright) }
  }
  if (largePerson === undefined) return { tiles: [], screen: null, more: null }
  if (layout === "one" || people.length === 1)
    return { tiles: [{ person: largePerson, box: all }], screen: null, more: null }
  if (layout !== "speaker") return { screen: null, ...fill(people, all, maxInGrid, upright) }
  const others = fill(
    people.filter((person) => person !== largePerson),
    strip,
    maxInStrip,
    upright
  )
  return {
    screen: null,
    more: others.more,
    tiles: [...fill([largePerson], mainArea, 1, upright).tiles, ...others.tiles]
  }
}

/** The ids of the people whom a scene shows; those whom it only counts are left out. */
export const peopleIn = (scene: Scene): ReadonlySet<string> =>
  new Set(arrange(scene).tiles.map(({ person }) => person.id))
