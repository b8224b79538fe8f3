import { type Arrangement, arrange } from "./arrange.js"
import { makePainter, type Pen, type Stills } from "./draw.js"
import { programmeFrames, type Scene } from "./scene.js"

/**
 * A new scene waits for the first frames of the people whom it brings into the picture, but for no more than this many
 * ticks, a quarter of a second. One who has none by then is drawn as a letter.
 */
const maxWaitTicks = 6

/**
 * The arrangement turns between upright and wide no sooner than this many ticks, 3 seconds, after its last turn:
 * somebody whose picture turns without end must not make all others jump.
 */
const minTurnTicks = 3 * programmeFrames

const emptyScene: Scene = { layout: "everyone", people: [], large: null, sharer: null }

/** Who is where. A speaking ring, a hand and a muted microphone change nothing of it. */
const placesOf = ({ screen, tiles }: Arrangement) =>
  JSON.stringify([screen, tiles.map(({ box, person: { camera, id } }) => [id, camera, box])])

/** Draws the present scene, and switches to the next one once the frames that it needs have come. */
export const makeSceneSwitcher = (pen: Pen) => {
  const paint = makePainter(pen)
  let scene = emptyScene
  let upright = false
  /** Ticks since the arrangement turned. */
  let ticksSinceTurn = Number.POSITIVE_INFINITY
  let arrangement: Arrangement = arrange(scene)
  /** The next scene, and for how many ticks it has been waited for. */
  let next: Scene | null = null
  let waitedTicks = 0

  const switchTo = (wanted: Scene) => {
    scene = wanted
    arrangement = arrange(scene, upright)
    next = null
    waitedTicks = 0
  }
  /** Whether everything that this scene brings into the picture has a first frame. */
  const isReady = (wanted: Scene, stills: Stills) => {
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
    if (ticksSinceTurn >= minTurnTicks && areUpright(stills) !== upright) {
      upright = !upright
      ticksSinceTurn = 0
      arrangement = arrange(scene, upright)
    }
    paint(arrangement, stills)
    return scene === emptyScene ? null : scene
  }

  return {
    /**
     * The previous scene is drawn until the people whom this one brings into the picture have a first frame. Returns
     * whether to draw it at once: they have, and somebody moves.
     */
    show: (wanted: Scene, stills: Stills): boolean => {
      const moves = placesOf(arrange(wanted, upright)) !== placesOf(arrangement)
      if (scene === emptyScene || isReady(wanted, stills)) switchTo(wanted)
      else next = wanted
      return moves && next === null
    },
    /** Draws the scene between two ticks with the present pictures, and returns it. Null: there is none yet. */
    drawEarly: paintNow,
    /** The same this many ticks after the last time, and switches to the next scene if that is due. */
    draw: (stills: Stills, ticks: number): Scene | null => {
      if (next !== null && (waitedTicks >= maxWaitTicks || isReady(next, stills))) switchTo(next)
      else if (next !== null) waitedTicks += ticks
      ticksSinceTurn += ticks
      return paintNow(stills)
    }
  }
}
