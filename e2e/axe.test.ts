/// <reference lib="dom" />
import { AxeBuilder } from "@axe-core/playwright"
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

test.for(states.filter(({ name }) => !alike.includes(name)).map((state) => [state.name, state] as const))(
  "%s breaks no rule of accessibility, light and dark",
  ([, state], { company }) =>
    company.show(state, async (page) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme })
        // Colours on their way from one scheme to the other are neither's.
        await page.evaluate(() => {
          for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish()
        })
        // Without frames there is nothing to put together, for which a page of its own would be opened each time.
        const axe = new AxeBuilder({ page }).setLegacyMode()
        // Of what was looked at in light, only the colours are others in the dark.
        const looking = colorScheme === "light" ? axe.withTags(rules) : axe.withRules(["color-contrast"])
        const { passes, violations } = await looking.analyze()
        expect(passes.length).toBeGreaterThan(0)
        const found = violations.flatMap(({ help, nodes }) =>
          nodes.map(({ failureSummary, html }) => `${colorScheme}: ${help}\n${html}\n${failureSummary ?? ""}`)
        )
        expect(found).toEqual([])
      }
    })
)
