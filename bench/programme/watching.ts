import { setTimeout as later } from "node:timers/promises"
import { type ProgrammeLayout, programmeFrames } from "../../client/media/programme/scene.js"
import type { Box } from "../../client/media/tileLayout.js"
import type { Person } from "../../e2e/support/people.js"
import { watchBlack } from "../../e2e/support/pictures.js"
import { quantile, type Row } from "../report.js"
import { face, faceIn, type Shown, watchClock } from "./clock.js"
import { Meeting, pictureOf, pressedAt } from "./Meeting.js"
import { placeOfFirst } from "./scenes.js"

const guests = 4
/** In milliseconds. */
const watched = 15_000
/** Each layout is picked so often. */
const rounds = 4
/** The first frame of a layout is there by then, in milliseconds. */
const patience = 10_000
/** Frames that come later than this after the one before have missed a beat, in milliseconds. */
const late = (2.5 * 1000) / programmeFrames

/** What the frames of a while say of how a picture moves. */
const motionOf = (shown: ReadonlyArray<Shown>) => {
  const [first, last] = [shown[0], shown.at(-1)]
  if (first === undefined || last === undefined || first === last) throw new Error("No picture moved.")
  const gaps = shown.slice(1).map(({ at }, index) => at - (shown[index]?.at ?? at))
  return {
    framesPerSecond: (1000 * (last.count - first.count)) / (last.at - first.at),
    latePercent: (100 * gaps.filter((gap) => gap > late).length) / gaps.length
  }
}

/** How much later the same picture of the first guest's camera is shown by another guest than by the host. */
const watchMotion = async ({ guests: [, second], host }: Meeting): Promise<ReadonlyArray<Row>> => {
  if (second === undefined) throw new Error("There is no second guest.")
  const tile = host.figure("Guest 1").locator("video").first()
  const atHost = await watchClock(tile, face)
  const atGuest = await watchClock(pictureOf(second), faceIn(placeOfFirst(guests)))
  await later(watched)
  const [before, after] = [await atHost.shown(), await atGuest.shown()]
  await atHost.end()
  await atGuest.end()
  const times = new Map(before.map(({ at, drawn }) => [drawn, at]))
  const added = after.flatMap(({ at, drawn }) => (drawn === null ? [] : at - (times.get(drawn) ?? Number.NaN)))
  const both = added.filter((time) => !Number.isNaN(time))
  if (both.length === 0) throw new Error("No picture of the camera was seen at both the host and the guest.")
  const direct = before.flatMap(({ at, drawn }) => (drawn === null ? [] : [at - drawn]))
  const { framesPerSecond, latePercent } = motionOf(after)
  const name = `programme of ${guests} guests`
  return [
    { name: "a guest's camera to the host's tile, median", value: quantile(direct, 0.5), unit: "ms" },
    { name: `${name}: latency beyond that, median`, value: quantile(both, 0.5), unit: "ms", budget: 300 },
    { name: `${name}: latency beyond that, 95th percentile`, value: quantile(both, 0.95), unit: "ms", budget: 300 },
    { name: `${name}: shown by a guest each second`, value: framesPerSecond, unit: "frames" },
    { name: `${name}: missing there each second`, value: programmeFrames - framesPerSecond, unit: "frames", budget: 4 },
    { name: `${name}: frames there that are late`, value: latePercent, unit: "%" }
  ]
}

/** The first frame that shows the clock where it is looked for: one of the next shows that it goes on. */
const firstPlaced = (shown: ReadonlyArray<Shown>, since: number) =>
  shown.find(({ at, drawn }, index) => {
    const goesOn = (next: Shown) => drawn !== null && next.drawn !== null && next.drawn > drawn
    return at > since && shown.slice(index + 1, index + 4).some(goesOn)
  })

/** Milliseconds from somebody's press to the first frame at the first guest that has this guest in its place. */
const timeUntilPlaced = async ({ guests: [first] }: Meeting, place: Box, press: () => Promise<Person>) => {
  if (first === undefined) throw new Error("There is no guest.")
  const { end, shown } = await watchClock(pictureOf(first), faceIn(place))
  try {
    const pressed = await pressedAt(await press())
    const since = Date.now()
    while (Date.now() - since < patience) {
      const frame = firstPlaced(await shown(), pressed)
      if (frame !== undefined) return frame.at - pressed
      await later(100)
    }
    throw new Error("The new layout did not arrive.")
  } finally {
    await end()
  }
}

/** Has the host pick each layout that shows the first guest in a place of its own, again and again. */
const timeLayouts = async (meeting: Meeting) => {
  const { host } = meeting
  const panel = await host.panel("Layout")
  const pick = async (layout: string) => panel.getByText(layout, { exact: true }).click()
  const presses: ReadonlyArray<readonly [ProgrammeLayout, () => Promise<void>]> = [
    ["speaker", () => host.act("Guest 1", "Show Guest 1 to all")],
    ["one", () => pick("One person")],
    ["everyone", () => pick("Everyone")]
  ]
  const times: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    for (const [layout, press] of presses) {
      const pressed = () => press().then(() => host)
      times.push(await timeUntilPlaced(meeting, placeOfFirst(guests, layout), pressed))
    }
  }
  return times
}

/** What guests see of the programme: how late it is, how it moves, and how it changes. */
export const measureWatching = async (url: string): Promise<ReadonlyArray<Row>> => {
  const meeting = await Meeting.open(url, "watching", "programme")
  try {
    const first = await meeting.join()
    await meeting.settle()
    const black = await watchBlack(pictureOf(first))
    const begins = await timeUntilPlaced(meeting, placeOfFirst(2), () => meeting.join())
    while (meeting.guests.length < guests) await meeting.join()
    await meeting.settle()
    const motion = await watchMotion(meeting)
    const layouts = await timeLayouts(meeting)
    return [
      ...motion,
      { name: "second guest's press of Join to the programme at the first", value: begins, unit: "ms" },
      { name: "press of a layout to its first frame at a guest, median", value: quantile(layouts, 0.5), unit: "ms" },
      {
        name: "press of a layout to its first frame at a guest, longest",
        value: Math.max(...layouts),
        unit: "ms",
        budget: 300
      },
      { name: "black frames at a guest in all that", value: await black(), unit: "frames", budget: 0 }
    ]
  } finally {
    await meeting.close()
  }
}
