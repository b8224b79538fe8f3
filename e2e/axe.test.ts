/// <reference lib="dom" />
import axe from "axe-core"
import type { Page } from "playwright-core"
import { states } from "./states.js"
import { Company } from "./support/Company.js"
import { test as base, expect, fewPixels } from "./support/fixtures.js"

const test = base.extend<{ readonly company: Company }>({
  company: [
    async ({ browser, server }, use) => {
      const company = new Company(browser, server.url, fewPixels)
      await use(company)
      await company.close()
    },
    { scope: "file" }
  ]
})

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** The same as others, with more tiles or fewer or a panel less: pictures of them are looked at, and this tells nothing new. */
const alike = ["guest-live", "host-with-1", "host-with-2", "host-with-4", "host-with-9"]

/**
 * Colours on their way from one scheme to the other are neither's. One that arrives sends those on their way that inherit
 * from it.
 */
const arrive = (page: Page) =>
  page.evaluate(async () => {
    const underWay = () => document.getAnimations().filter((each) => each instanceof CSSTransition)
    do {
      for (const each of underWay()) each.finish()
      await new Promise(requestAnimationFrame)
    } while (underWay().length > 0)
  })

/** Has axe look at the page by the rules of these names or tags, and gives how many it keeps, and which it breaks. */
const look = async (page: Page, runOnly: Array<string>) => {
  // Once for each load of a page: a browser reads all of axe for as long as a look takes.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(async (runOnly) => {
    const { axe: own }: { axe: typeof axe } = Object(globalThis)
    const { passes, violations } = await own.run({ runOnly, resultTypes: ["violations"] })
    return { kept: passes.length, violations }
  }, runOnly)
}

test.for(states.filter(({ name }) => !alike.includes(name)).map((state) => [state.name, state] as const))(
  "%s breaks no rule of accessibility, light and dark",
  ([, state], { company }) =>
    company.show(state, async (page) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme })
        await arrive(page)
        // Of what was looked at in light, only the colours are others in the dark.
        const { kept, violations } = await look(page, colorScheme === "light" ? rules : ["color-contrast"])
        expect(kept).toBeGreaterThan(0)
        const found = violations.flatMap(({ help, nodes }) =>
          nodes.map(({ failureSummary, html }) => `${colorScheme}: ${help}\n${html}\n${failureSummary ?? ""}`)
        )
        expect(found).toEqual([])
      }
    })
)
