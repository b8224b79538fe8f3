import { createSignal, For } from "solid-js"
import { Brand } from "../../app/Brand.js"
import { FlowPicture } from "../../app/FlowPicture.js"
import { destinationOf, newConference } from "../../app/links.js"
import { t } from "../../i18n/t.js"
import { Button } from "../../ui/Button.js"
import { Field } from "../../ui/Field.js"
import css from "./LandingPage.module.css"

const facts = ["direct", "yours", "apart"] as const

/** The first page: start a conference, or join one. */
export const LandingPage = () => {
  const [typed, setTyped] = createSignal("")
  const [error, setError] = createSignal<string>()
  const join = (event: SubmitEvent) => {
    event.preventDefault()
    const destination = destinationOf(typed(), location.origin)
    if (destination === null) setError(t.landing.unreadable())
    else location.assign(destination)
  }
  return (
    <>
      <Brand />
      <main class={css.page}>
        <div class={css.words}>
          <h1 class={css.title}>{t.landing.title()}</h1>
          <p class={css.lead}>{t.landing.lead()}</p>
          <div class={css.ways}>
            <Button variant="main" onClick={() => location.assign(newConference(location.origin))}>
              {t.landing.start()}
            </Button>
            <form class={css.join} onSubmit={join} novalidate>
              <Field
                label={t.landing.joinLabel()}
                name="room"
                autocomplete="off"
                autocapitalize="off"
                spellcheck={false}
                value={typed()}
                error={error()}
                onInput={(event) => {
                  setTyped(event.currentTarget.value)
                  setError(undefined)
                }}
              />
              <Button type="submit">{t.landing.join()}</Button>
            </form>
          </div>
        </div>
        <FlowPicture label={t.landing.picture()} />
        <ul class={css.facts}>
          <For each={facts}>
            {(fact) => (
              <li>
                <h2>{t.landing[fact].title()}</h2>
                <p>{t.landing[fact].text()}</p>
              </li>
            )}
          </For>
        </ul>
      </main>
    </>
  )
}
