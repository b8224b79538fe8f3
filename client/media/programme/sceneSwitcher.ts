import { type Arrangement, arrange } from "./arrange.js"
import { makePainter, type Pen, type Stills } from "./draw.js"
import { programmeFrames, type Scene } from "./scene.js"

/**
 * A new scene waits for the first frames of those whom it brings into the picture, but for no more than so many ticks, a
 * quarter of a second. Who has none by then is drawn as a letter.
 */
const longestWait = 6

/**
 * The arrangement turns between upright and wide no sooner than so many ticks, 3 seconds, after it turned last: one
 * whose picture turns without end must not make everybody's jump.
 */
const turnsAfter = 3 * programmeFrames

const emptyScene: Scene = { layout: "everyone", people: [], large: null, sharer: null }

/** Draws the scene of now, and goes over to the next one once the frames that it needs have come. */
export const makeSceneSwitcher = (pen: Pen) => {
  const paint = makePainter(pen)
  let scene = emptyScene
  let upright = false
  /** Ticks since the arrangement turned. */
  let sinceTurn = Number.POSITIVE_INFINITY
  let arrangement: Arrangement = arrange(scene)
  /** The scene that is to come, and for how many ticks it was waited for. */
  let next: Scene | null = null
  let waited = 0

  const take = (wanted: Scene) => {
    scene = wanted
    arrangement = arrange(scene, upright)
    next = null
    waited = 0
  }
  /** Whether there is a first frame of all that this scene brings into the picture. */
  const isThere = (wanted: Scene, stills: Stills) => {
    const { screen, tiles } = arrange(wanted, upright)
    const seen = new Set(arrangement.tiles.map(({ person }) => person.id))
    return (
      tiles.every(({ person: { camera, id } }) => !camera || seen.has(id) || stills(id) !== undefined) &&
      (screen === null || arrangement.screen !== null || stills(null) !== undefined)
    )
  }

  /** Whether most of those whose pictures are known are upright, as of phones. */
  const areUpright = (stills: Stills) => {
    const known = scene.people.flatMap(({ camera, id }) => (camera ? (stills(id) ?? []) : []))
    return 2 * known.filter(({ height, width }) => height > width).length > known.length
  }

  const paintNow = (stills: Stills): Scene | null => {
    if (sinceTurn >= turnsAfter && areUpright(stills) !== upright) {
      upright = !upright
      sinceTurn = 0
      arrangement = arrange(scene, upright)
    }
    paint(arrangement, stills)
    return scene === emptyScene ? null : scene
  }

  return {
    /**
     * The scene before is drawn until those whom this one brings into the picture have a first frame. Gives whether they have,
     * so that the next picture shows it.
     */
    show: (wanted: Scene, stills: Stills): boolean => {
      if (scene === emptyScene || isThere(wanted, stills)) take(wanted)
      else next = wanted
      return next === null
    },
    /** Draws the scene between two ticks with the pictures of now, and gives it. Null: there is none yet. */
    drawEarly: paintNow,
    /** The same at a tick, with the scene that is to come where it is due. */
    draw: (stills: Stills): Scene | null => {
      if (next !== null && (waited >= longestWait || isThere(next, stills))) take(next)
      else if (next !== null) waited++
      sinceTurn++
      return paintNow(stills)
    }
  }
}
