import { createUniqueId, For, Show } from "solid-js"
import { qualityDetails } from "../../i18n/qualityText.js"
import { t } from "../../i18n/t.js"
import type { Grade, Quality } from "../../rtc/States.js"
import css from "./QualityMeter.module.css"

const bars = { good: 3, fair: 2, poor: 1 } as const

/** How good a connection is, in bars and a word, with its figures on demand. */
export const QualityMeter = (props: { readonly quality: Quality; readonly grade: Grade }) => {
  const id = createUniqueId()
  return (
    <>
      <button
        class={css.meter}
        type="button"
        popovertarget={id}
        data-grade={props.grade}
        aria-label={t.quality[props.grade]()}
        title={t.quality[props.grade]()}
      >
        <For each={[1, 2, 3]}>
          {(bar) => <span class={css.bar} data-lit={bar <= bars[props.grade] ? "" : undefined} />}
        </For>
      </button>
      <div class={css.details} id={id} popover="auto">
        <p class={css.title}>{t.quality[props.grade]()}</p>
        <dl>
          <For each={qualityDetails(props.quality)}>
            {({ name, value }) => (
              <Show when={value}>
                <div>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              </Show>
            )}
          </For>
        </dl>
      </div>
    </>
  )
}
