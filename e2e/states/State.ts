import type { Page } from "playwright-core"
import type { Stage } from "../support/stage.js"

/** How a page can look. The pictures of `npm run screenshots` and the tests of accessibility go through all of them. */
export interface State {
  /** Where it is: `guest-live` is a state of the guest's page. */
  readonly name: string
  /** States of one scene follow one another with the same people. */
  readonly scene: string
  /** Brings the running product there, from where the scene began, and gives the page to look at. */
  readonly reach: (stage: Stage) => Promise<Page>
  /** Puts away what was reached, by its own buttons, for the next state of the scene. Left out: nothing is in its way. */
  readonly away?: (stage: Stage, page: Page) => Promise<unknown>
}

/** States that the same people go through. The last one may leave nothing as it was. */
export const scene = (name: string, states: ReadonlyArray<Omit<State, "scene">>): ReadonlyArray<State> =>
  states.map((state) => ({ ...state, scene: name }))

/** What somebody sees who finds these words there. */
export const saying = async (page: Page, words: string): Promise<Page> => {
  await page.getByText(words).first().waitFor()
  return page
}

/** What the page says of a recording that has something in it: two seconds, or more where nobody looked sooner. */
export const somethingRecorded = /^Recording, 0:(0[2-9]|[1-5]\d)$/

/** Presses the one button of this name. */
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click()

/** Closes the panel that is open. */
export const close = (_: Stage, page: Page) => press(page, "Close")

/** Says no to what is asked, and closes the panel in which it was. */
export const cancel = async (stage: Stage, page: Page) => {
  await press(page, "Cancel")
  await close(stage, page)
}
