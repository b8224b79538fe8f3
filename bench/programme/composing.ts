/// <reference lib="dom" />
import type { Browser, Page } from "playwright-core"
import { launch } from "../../e2e/support/browser.js"
import { withProgrammePage } from "../../e2e/support/ProgrammePage.js"
import { coresOf } from "../cores.js"
import type { Row } from "../report.js"
import { sceneOf } from "./scenes.js"

/** Pictures that are composed into one, each 640×360 at 30 frames a second. */
const sizes = [2, 4, 8, 12]
const budgets = new Map([[4, { cores: 0.5, dropped: 4 }]])

const compose = async (browser: Browser, page: Page, count: number) => {
  const ids = Array.from({ length: count }, (_, index) => `Person ${index}`)
  await page.evaluate((ids) => programme.openCameras(ids), ids)
  const before = await coresOf(browser, "all")
  await page.evaluate(() => programme.open())
  const cameras = ids.map((id) => ({ id, colour: "", width: 640, height: 360 }))
  await page.evaluate((cameras) => programme.setPictures(cameras, null), cameras)
  await page.evaluate((scene) => programme.show(scene), sceneOf(ids))
  const [first, began] = [await page.evaluate(() => programme.state()), performance.now()]
  const cores = (await coresOf(browser, "all")) - before
  const last = await page.evaluate(() => programme.state())
  const seconds = (performance.now() - began) / 1000
  return {
    cores,
    composed: (last.composed - first.composed) / seconds,
    dropped: (last.dropped - first.dropped) / seconds
  }
}

/** What the host's page needs to compose the programme, beyond the cameras themselves and without encoding it. */
export const measureComposing = async (): Promise<ReadonlyArray<Row>> => {
  const rows: Array<Row> = []
  await withProgrammePage(async (url) => {
    for (const count of sizes) {
      const browser = await launch(30)
      const page = await browser.newPage()
      await page.goto(url)
      const { composed, cores, dropped } = await compose(browser, page, count)
      await browser.close()
      const [name, budget] = [`programme of ${count} pictures`, budgets.get(count)]
      rows.push(
        { name: `${name}: CPU`, value: cores, unit: "cores", budget: budget?.cores },
        { name: `${name}: composed a second`, value: composed, unit: "frames" },
        { name: `${name}: left out a second`, value: dropped, unit: "frames", budget: budget?.dropped }
      )
    }
  })
  return rows
}
