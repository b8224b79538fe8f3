/// <reference lib="dom" />
import type { BrowserContext } from "playwright-core"
import { arrange } from "../client/media/programme/arrange.js"
import type { ProgrammeLayout, Scene, ScenePerson } from "../client/media/programme/scene.js"
import type { Box } from "../client/media/tileLayout.js"
import { launchWithTabs } from "./support/browser.js"
import { FirefoxPage, launchFirefox } from "./support/firefox.js"
import { test as base, expect } from "./support/fixtures.js"
import { withProgrammePage } from "./support/ProgrammePage.js"
import type { Colour, Coloured, Point } from "./support/programme/page.js"

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

/**
 * The background, also beside a picture in its tile, and the disc of a person without a picture: the tokens, in sRGB.
 */
const dark: Colour = [17, 27, 31]
const apricot: Colour = [248, 175, 114]

const inside = ({ height, width, x, y }: Box, right: number, down: number) => ({
  x: Math.round(x + width * right),
  y: Math.round(y + height * down)
})

/** Points of a picture, and the colours there if everybody is in the right place. */
const pointsOf = (scene: Scene) => {
  const { screen, tiles } = arrange(scene)
  const ofPeople = tiles.flatMap(({ box, person: { camera, id } }): ReadonlyArray<Point> => {
    if (!camera) return [{ at: inside(box, 0.42, 0.44), colour: apricot }]
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

type Programme = typeof programme

/** Calls one of the page's own functions, in Chromium or in Firefox: their tools have only this in common. */
const run = <Name extends keyof Programme>(
  page: { readonly evaluate: (code: string) => Promise<unknown> },
  name: Name,
  ...parameters: Parameters<Programme[Name]>
) => page.evaluate(`programme.${name}(${parameters.map((one) => JSON.stringify(one)).join()})`)

/** Waits until the page has received everybody in the right place. */
const sees = (page: Parameters<typeof run>[0], scene: Scene) =>
  expect.poll(() => run(page, "wrongAt", pointsOf(scene))).toEqual([])

const sceneOf = (layout: ProgrammeLayout): Scene => ({ layout, people, large: "Ada", sharer: "Ada" })

/** Composes each layout, and waits until it has arrived. */
const composes = async (page: Parameters<typeof run>[0]) => {
  await run(page, "open")
  await run(page, "setPictures", cameras, screen)
  await run(page, "show", sceneOf("everyone"))
  await run(page, "watch")
  for (const layout of ["everyone", "speaker", "one", "screen"] as const) {
    await run(page, "show", sceneOf(layout))
    await sees(page, sceneOf(layout))
  }
  await run(page, "close")
  expect(await run(page, "state")).toMatchObject({ track: "ended" })
}

/** What Firefox and Safari lack. */
const withoutProcessors = async (context: BrowserContext) => {
  await context.addInitScript(() => void Object.assign(globalThis, { MediaStreamTrackProcessor: undefined }))
}

const withoutWorker = async (context: BrowserContext) => {
  await context.route(/composer\.worker/, (route) => route.abort())
}

test("everybody arrives where each layout places them, composed in a worker", async ({ address, open }) => {
  await composes(await open(address))
})

test("everybody arrives where each layout places them, composed in the page", async ({ address, open }) => {
  await composes(await open(address, {}, withoutProcessors))
})

test("the page composes if the worker's script does not load", async ({ address, expected, open }) => {
  expected.push(/composer\.worker/, /composed in the page/)
  await composes(await open(address, {}, withoutWorker))
})

test("the next pictures show who comes, goes or turns the camera off", async ({ address, open }) => {
  const page = await open(address)
  const [host, ada] = [person("Host"), person("Ada")]
  const everyone = (...people: ReadonlyArray<ScenePerson>): Scene => ({ ...sceneOf("everyone"), people })
  await run(page, "open")
  await run(page, "setPictures", cameras, null)
  await run(page, "show", everyone(host))
  await run(page, "watch")
  for (const people of [[host], [host, ada], [host, { ...ada, camera: false }], [host, ada], [ada]]) {
    await run(page, "show", everyone(...people))
    await sees(page, everyone(...people))
  }
})

test("a hidden tab goes on composing", async ({ address }) => {
  const browser = await launchWithTabs()
  try {
    const page = await browser.newPage()
    await page.goto(address)
    await run(page, "open")
    await run(page, "setPictures", cameras, screen)
    await run(page, "show", sceneOf("everyone"))
    await run(page, "watch")
    await (await browser.newPage()).bringToFront()
    await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe("hidden")
    const arrived = await page.evaluate(() => programme.arrived())
    // A hidden page's own timers would make only one picture a second.
    await expect
      .poll(() => page.evaluate(() => programme.arrived()), { timeout: 60_000 })
      .toBeGreaterThan(arrived + 120)
  } finally {
    await browser.close()
  }
})

test("everybody arrives where each layout places them, composed by Firefox", async ({ address }) => {
  const firefox = await launchFirefox()
  try {
    const { errors, page } = await FirefoxPage.open(firefox, address)
    await composes(page)
    expect(errors).toEqual([])
  } finally {
    await firefox.close()
  }
})
