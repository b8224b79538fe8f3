import { createSignal, createUniqueId, For, Index, Show } from "solid-js"
import { qualityDetails } from "../../i18n/qualityText.js"
import { t } from "../../i18n/t.js"
import type { Grade, Quality } from "../../rtc/States.js"
import css from "./QualityMeter.module.css"

const bars = { good: 3, fair: 2, poor: 1 } as const

/** How good a connection is, in bars and a word, with its figures on demand. */
export const QualityMeter = (props: { readonly quality: Quality; readonly grade: Grade }) => {
  const id = createUniqueId()
  // Each guest has new figures every 2 s: they are drawn only while somebody looks at them.
  const [open, setOpen] = createSignal(false)
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
      <div class={css.details} id={id} popover="auto" onBeforeToggle={(event) => setOpen(event.newState === "open")}>
        <Show when={open()}>
          <p class={css.title}>{t.quality[props.grade]()}</p>
          <dl>
            <Index each={qualityDetails(props.quality)}>
              {(detail) => (
                <Show when={detail().value}>
                  {(value) => (
                    <div>
                      <dt>{detail().name}</dt>
                      <dd>{value()}</dd>
                    </div>
                  )}
                </Show>
              )}
            </Index>
          </dl>
        </Show>
      </div>
    </>
  )
}
