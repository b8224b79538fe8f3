import { For } from "solid-js"
import css from "./FlowPicture.module.css"

const guests = [28, 152, 276] as const

/** A person, head and shoulders, in a tile whose middle is at `x`, `y`. */
const Person = (props: { readonly x: number; readonly y: number; readonly size: number }) => (
  <g transform={`translate(${props.x} ${props.y}) scale(${props.size})`}>
    <circle cy="-12" r="13" />
    <path d="M-27 34c0-17 11-28 27-28s27 11 27 28Z" />
  </g>
)

/** Three guests' pictures running together into the host's: what the product does, drawn. Without a label it is decoration. */
export const FlowPicture = (props: { readonly label?: string }) => (
  <svg
    class={css.picture}
    viewBox="0 0 520 392"
    role="img"
    aria-label={props.label}
    aria-hidden={props.label === undefined}
  >
    <g class={css.lines}>
      <path d="M140 72C230 72 215 160 300 176" />
      <path d="M140 196H300" />
      <path d="M140 320C230 320 215 232 300 216" />
    </g>
    <For each={guests}>
      {(top, index) => (
        <>
          <rect class={css.guest} x="16" y={top} width="124" height="88" rx="14" />
          <g class={css.guestPerson} data-nth={index()}>
            <Person x={78} y={top + 50} size={1} />
          </g>
        </>
      )}
    </For>
    <rect class={css.host} x="286" y="88" width="218" height="216" rx="20" />
    <rect class={css.bar} x="286" y="88" width="218" height="34" rx="20" />
    <g class={css.tiles}>
      <rect x="302" y="134" width="88" height="70" rx="9" />
      <rect x="400" y="134" width="88" height="70" rx="9" />
      <rect x="302" y="214" width="88" height="70" rx="9" />
      <rect class={css.free} x="401" y="215" width="86" height="68" rx="9" />
    </g>
    <g class={css.tilePerson}>
      <Person x={346} y={176} size={0.75} />
      <Person x={444} y={176} size={0.75} />
      <Person x={346} y={256} size={0.75} />
    </g>
    <circle class={css.live} cx="306" cy="111" r="5" />
  </svg>
)
