import { arrange } from "../../client/media/programme/arrange.js"
import type { ProgrammeLayout, Scene } from "../../client/media/programme/scene.js"
import type { Box } from "../../client/media/tileLayout.js"

/** These people, all with a picture. */
export const sceneOf = (
  ids: ReadonlyArray<string>,
  layout: ProgrammeLayout = "everyone",
  large: string | null = null
): Scene => ({
  layout,
  people: ids.map((id) => ({ id, name: id, camera: true, microphone: true, hand: false, speaking: false })),
  large,
  sharer: null
})

/** Where the first of so many guests stands in the programme: large, where anybody is. */
export const placeOfFirst = (guests: number, layout: ProgrammeLayout = "everyone"): Box => {
  const ids = ["host", ...Array.from({ length: guests }, (_, index) => `Guest ${index + 1}`)]
  const [first] = arrange(sceneOf(ids, layout, "Guest 1")).tiles.filter(({ person }) => person.id === "Guest 1")
  if (first === undefined) throw new Error("The first guest is not in the programme.")
  return first.box
}
