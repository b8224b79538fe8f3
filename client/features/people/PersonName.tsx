import { Show } from "solid-js"
import { numberOf } from "../../media/nameText.js"
import css from "./PersonName.module.css"

/** A person's name, cut if there is no room for it. The number that tells it from another's is kept. */
export const PersonName = (props: {
  readonly name: string
  readonly class?: string | undefined
  readonly id?: string
}) => {
  const number = () => numberOf(props.name)
  return (
    <bdi class={`${css.name} ${props.class ?? ""}`} id={props.id} title={props.name}>
      <span class={css.called}>{props.name.slice(0, props.name.length - number().length)}</span>
      <Show when={number()}>
        <span class={css.number}>{number()}</span>
      </Show>
    </bdi>
  )
}
