/// <reference lib="dom" />
import { AxeBuilder } from "@axe-core/playwright"
import { expect, test } from "./fixtures.js"
import { Stage } from "./stage.js"
import { states } from "./states.js"

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** The same as others, with more tiles or fewer or a panel less: pictures of them are looked at, and this tells nothing new. */
const alike = ["guest-live", "host-with-1", "host-with-2", "host-with-4", "host-with-9"]

test.for(states.filter(({ name }) => !alike.includes(name)).map(({ name, reach }) => [name, reach] as const))(
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
        const axe = new AxeBuilder({ page })
        // Of what was looked at in light, only the colours are others in the dark.
        const looking = colorScheme === "light" ? axe.withTags(rules) : axe.withRules(["color-contrast"])
        const { passes, violations } = await looking.analyze()
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
