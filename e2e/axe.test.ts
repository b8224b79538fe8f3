/// <reference lib="dom" />
import { AxeBuilder } from "@axe-core/playwright"
import { expect, test } from "./fixtures.js"
import { Stage } from "./stage.js"
import { states } from "./states.js"

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

test.for(states.map(({ name, reach }) => [name, reach] as const))(
  "%s can be used by everybody, light and dark",
  async ([name, reach], { browser, server }) => {
    const stage = new Stage(browser, server.url, name)
    try {
      const page = await reach(stage)
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme })
        // Colours on their way from one scheme to the other are neither's.
        await page.evaluate(() => {
          for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish()
        })
        const { passes, violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
        expect(passes.length).toBeGreaterThan(0)
        const found = violations.flatMap(({ help, nodes }) =>
          nodes.map(({ failureSummary, html }) => `${colorScheme}: ${help}\n${html}\n${failureSummary ?? ""}`)
        )
        expect(found).toEqual([])
      }
    } finally {
      await stage.close()
    }
  }
)
