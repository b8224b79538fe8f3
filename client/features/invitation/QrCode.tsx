import { createResource, Show } from "solid-js"
import css from "./QrCode.module.css"

/** The path of the dark modules, in units of one module with a margin of two. */
const pathOf = (rows: ReadonlyArray<ReadonlyArray<boolean>>) =>
  rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("")

const draw = async (text: string) => {
  const { encode } = await import("uqr")
  const { data, size } = encode(text, { border: 2 })
  return { size, path: pathOf(data) }
}

/** A QR code (ISO/IEC 18004). If its encoder cannot be loaded there is none: the link is shown beside it. */
export const QrCode = (props: { readonly text: string; readonly label: string }) => {
  const [code] = createResource(
    () => props.text,
    (text) => draw(text).catch(() => undefined)
  )
  return (
    <Show when={code()}>
      {(drawn) => (
        <svg class={css.code} viewBox={`0 0 ${drawn().size} ${drawn().size}`} role="img" aria-label={props.label}>
          <path d={drawn().path} />
        </svg>
      )}
    </Show>
  )
}
