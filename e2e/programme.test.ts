/// <reference lib="dom" />
import type { BrowserContext, Page } from "playwright-core"
import { arrange } from "../client/media/programme/arrange.js"
import type { ProgrammeLayout, Scene, ScenePerson } from "../client/media/programme/scene.js"
import type { Box } from "../client/media/tileLayout.js"
import { test as base, expect } from "./fixtures.js"
import { withProgrammePage } from "./ProgrammePage.js"
import type { Colour, Coloured } from "./programme/page.js"

const test = base.extend<{ readonly address: string }>({
  address: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's dependencies from this pattern.
    async ({}, use) => withProgrammePage(use),
    { scope: "file" }
  ]
})

const person = (id: string, how: Partial<ScenePerson> = {}): ScenePerson => ({
  id,
  name: id,
  camera: true,
  microphone: true,
  hand: false,
  speaking: false,
  ...how
})

const people = [
  person("Host", { microphone: false }),
  person("Ada", { speaking: true }),
  person("Lin", { hand: true }),
  person("Zoe", { camera: false })
]

const colours = {
  Host: [200, 40, 40],
  Ada: [40, 160, 40],
  Lin: [60, 60, 220],
  screen: [220, 200, 60]
} satisfies Record<string, Colour>

const css = ([red, green, blue]: Colour) => `rgb(${red} ${green} ${blue})`
const cameras: ReadonlyArray<Coloured> = [
  { id: "Host", colour: css(colours.Host), width: 640, height: 360 },
  { id: "Ada", colour: css(colours.Ada), width: 640, height: 480 },
  // A phone that is held upright.
  { id: "Lin", colour: css(colours.Lin), width: 360, height: 640 }
]
const screen: Coloured = { id: "screen", colour: css(colours.screen), width: 800, height: 800 }

/** Behind everything and beside a picture in its tile, and the disc of whoever has none: as the tokens say, in sRGB. */
const dark: Colour = [17, 27, 31]
const apricot: Colour = [248, 175, 114]

const inside = ({ height, width, x, y }: Box, right: number, down: number) => ({
  x: Math.round(x + width * right),
  y: Math.round(y + height * down)
})

/** Points of a picture, and the colours that are there where everybody stands in the right place. */
const pointsOf = (scene: Scene) => {
  const { screen, tiles } = arrange(scene)
  const ofPeople = tiles.flatMap(({ box, person: { id } }) => {
    if (id === "Zoe") return [{ at: inside(box, 0.42, 0.44), colour: apricot }]
    if (id !== "Lin") return [{ at: inside(box, 0.5, 0.4), colour: colours[id === "Ada" ? "Ada" : "Host"] }]
    return [
      { at: inside(box, 0.5, 0.4), colour: colours.Lin },
      { at: inside(box, 0.9, 0.4), colour: dark }
    ]
  })
  const ofScreen =
    screen === null
      ? []
      : [
          { at: inside(screen, 0.5, 0.5), colour: colours.screen },
          { at: inside(screen, 0.02, 0.5), colour: dark }
        ]
  const corners = tiles.length > 1 ? [{ at: { x: 1279, y: 0 }, colour: dark }] : []
  return [...ofPeople, ...ofScreen, ...corners]
}

/** How far a red, a green or a blue may be off: pictures are compressed. */
const tolerance = 28

const isNear = (one: Colour | undefined, other: Colour) =>
  one?.every((value, index) => Math.abs(value - (other[index] ?? 0)) <= tolerance) ?? false

/** Waits until the page has received everybody at the right place. */
const sees = (page: Pick<Page, "evaluate">, scene: Scene) => {
  const points = pointsOf(scene)
  const wrong = async () => {
    const found = await page.evaluate(
      (at) => programme.coloursAt(at),
      points.map(({ at }) => at)
    )
    return points.flatMap(({ at, colour }, index) =>
      isNear(found[index], colour) ? [] : [{ at, colour, found: found[index] }]
    )
  }
  return expect.poll(wrong, { timeout: 20_000 }).toEqual([])
}

const sceneOf = (layout: ProgrammeLayout): Scene => ({ layout, people, large: "Ada", sharer: "Ada" })

const composes = async (page: Page) => {
  await page.evaluate(() => programme.open())
  await page.evaluate(([cameras, screen]) => programme.setPictures(cameras, screen), [cameras, screen] as const)
  await page.evaluate((scene) => programme.show(scene), sceneOf("everyone"))
  await page.evaluate(() => programme.watch())
  for (const layout of ["everyone", "speaker", "one", "screen"] as const) {
    await page.evaluate((scene) => programme.show(scene), sceneOf(layout))
    await sees(page, sceneOf(layout))
  }
  await page.evaluate(() => programme.close())
  expect(await page.evaluate(() => programme.state().track)).toBe("ended")
}

/** What Firefox and Safari lack. */
const withoutProcessors = async (context: BrowserContext) => {
  await context.addInitScript(() => void Object.assign(globalThis, { MediaStreamTrackProcessor: undefined }))
}

const withoutWorker = async (context: BrowserContext) => {
  await context.route(/composer\.worker/, (route) => route.abort())
}

test("everybody arrives where each layout has them, composed in a worker", async ({ address, open }) => {
  await composes(await open(address))
})

test("everybody arrives where each layout has them, composed in the page", async ({ address, open }) => {
  await composes(await open(address, {}, withoutProcessors))
})

test("the page composes where the worker's script does not come", async ({ address, expected, open }) => {
  expected.push(/composer\.worker/, /composed in the page/)
  await composes(await open(address, {}, withoutWorker))
})

test("whoever comes, goes or turns the camera off does so in the next pictures", async ({ address, open }) => {
  const page = await open(address)
  await page.evaluate(() => programme.open())
  const show = (people: ReadonlyArray<ScenePerson>) =>
    page.evaluate((scene) => programme.show(scene), { ...sceneOf("everyone"), people })
  await page.evaluate((cameras) => programme.setPictures(cameras, null), cameras)
  await show(people)
  await page.evaluate(() => programme.watch())
  const [host, ada] = [person("Host"), person("Ada")]
  await show([host])
  await sees(page, { ...sceneOf("everyone"), people: [host] })
  await show([host, ada])
  await sees(page, { ...sceneOf("everyone"), people: [host, ada] })
  const off = [host, { ...ada, camera: false }]
  await show(off)
  const { tiles } = arrange({ ...sceneOf("everyone"), people: off })
  const box = tiles[1]?.box ?? { x: 0, y: 0, width: 0, height: 0 }
  const disc = async () =>
    isNear((await page.evaluate((at) => programme.coloursAt([at]), inside(box, 0.42, 0.44)))[0], apricot)
  await expect.poll(disc, { timeout: 20_000 }).toBe(true)
})
