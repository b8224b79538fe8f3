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

/** Like other states but with more or fewer tiles, or without a panel: checking them would find nothing new. */
const similar = ["guest-live", "host-with-1", "host-with-2", "host-with-4", "host-with-9"]

/**
 * Ends the transitions from one colour scheme to the other, in which colours belong to neither. A transition that ends
 * starts those of the elements that inherit from it.
 */
const endTransitions = (page: Page) =>
  page.evaluate(async () => {
    const underWay = () => document.getAnimations().filter((each) => each instanceof CSSTransition)
    do {
      for (const each of underWay()) each.finish()
      await new Promise(requestAnimationFrame)
    } while (underWay().length > 0)
  })

/** Runs axe on the page with these rules or tags. Returns how many rules pass, and the violations. */
const runAxe = async (page: Page, runOnly: Array<string>) => {
  // Once for each load of a page: evaluating axe's source takes as long as a run.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(async (runOnly) => {
    const { axe: own }: { axe: typeof axe } = Object(globalThis)
    const { passes, violations } = await own.run({ runOnly, resultTypes: ["violations"] })
    return { passed: passes.length, violations }
  }, runOnly)
}

test.for(states.filter(({ name }) => !similar.includes(name)).map((state) => [state.name, state] as const))(
  "%s breaks no rule of accessibility, light and dark",
  ([, state], { company }) =>
    company.show(state, async (page) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme })
        await endTransitions(page)
        // In the dark scheme only the colours differ.
        const { passed, violations } = await runAxe(page, colorScheme === "light" ? rules : ["color-contrast"])
        expect(passed).toBeGreaterThan(0)
        const found = violations.flatMap(({ help, nodes }) =>
          nodes.map(({ failureSummary, html }) => `${colorScheme}: ${help}\n${html}\n${failureSummary ?? ""}`)
        )
        expect(found).toEqual([])
      }
    })
)
