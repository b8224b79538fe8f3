import { type Arrangement, arrange } from "./arrange.js"
import { makePainter, type Pen, type Stills } from "./draw.js"
import type { Scene } from "./scene.js"

const nobody: Scene = { layout: "everyone", people: [], large: null, sharer: null }

/** The programme as it stands at a moment: the scene, and where all of it is. */
export const makeComposition = (pen: Pen) => {
  const paint = makePainter(pen)
  let scene = nobody
  let upright = false
  let arrangement: Arrangement = arrange(scene)

  /** Whether most of those whose pictures are known are upright, as of phones. */
  const areUpright = (stills: Stills) => {
    const known = scene.people.flatMap(({ camera, id }) => (camera ? (stills(id) ?? []) : []))
    return 2 * known.filter(({ height, width }) => height > width).length > known.length
  }

  return {
    scene: () => scene,
    show: (next: Scene) => {
      scene = next
      arrangement = arrange(scene, upright)
    },
    /** Draws the scene with the pictures of now. */
    draw: (stills: Stills) => {
      const now = areUpright(stills)
      if (now !== upright) {
        upright = now
        arrangement = arrange(scene, upright)
      }
      paint(arrangement, stills)
    }
  }
}
