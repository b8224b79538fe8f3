import type { Page } from "playwright-core"
import type { Stage } from "../support/stage.js"

/** A state of a page. `npm run screenshots` and the accessibility tests go through all of them. */
export interface State {
  /** It begins with the page: `guest-live` is a state of the guest's page. */
  readonly name: string
  /** States of one scene follow one another with the same people. */
  readonly scene: string
  /** Brings the running product into this state, and returns the page to look at. */
  readonly reach: (stage: Stage) => Promise<Page>
  /** Undoes it with the page's own buttons, for the next state of the scene. Left out: there is nothing to undo. */
  readonly away?: (stage: Stage, page: Page) => Promise<unknown>
}

/** States that the same people go through. The last one needs no undoing. */
export const scene = (name: string, states: ReadonlyArray<Omit<State, "scene">>): ReadonlyArray<State> =>
  states.map((state) => ({ ...state, scene: name }))

/** Waits until the page shows this text, and returns the page. */
export const saying = async (page: Page, words: string): Promise<Page> => {
  await page.getByText(words).first().waitFor()
  return page
}

/** The page's text once a recording has content: after two seconds or more. */
export const somethingRecorded = /^Recording, 0:(0[2-9]|[1-5]\d)$/

/** Presses the one button of this name. */
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click()

/** Closes the panel that is open. */
export const close = (_: Stage, page: Page) => press(page, "Close")

/** Cancels the dialog, and closes the panel that opened it. */
export const cancel = async (stage: Stage, page: Page) => {
  await press(page, "Cancel")
  await close(stage, page)
}
