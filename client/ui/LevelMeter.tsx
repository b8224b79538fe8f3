import css from "./LevelMeter.module.css"

/** How loud a sound is now: 0 to 1. */
export const LevelMeter = (props: { readonly level: number; readonly label: string }) => (
  <meter class={css.level} min="0" max="1" value={props.level} aria-label={props.label} />
)
