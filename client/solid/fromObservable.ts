import { type Accessor, createSignal, onCleanup } from "solid-js"
import type { Cell } from "../browser/Observable.js"

/** A cell as a signal, until the owner that asked for it is disposed of. */
export const fromCell = <A>(cell: Pick<Cell<A>, "get" | "listen">): Accessor<A> => {
  const [value, setValue] = createSignal(cell.get())
  onCleanup(cell.listen((next) => setValue(() => next)))
  return value
}
