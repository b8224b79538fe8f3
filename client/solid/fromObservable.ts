import { type Accessor, createSignal, onCleanup } from "solid-js"
import type { Observable } from "../browser/Observable.js"

/** An observable value as a signal, until the owner that asked for it is disposed of. */
export const fromObservable = <A>(observable: Pick<Observable<A>, "get" | "listen">): Accessor<A> => {
  const [value, setValue] = createSignal(observable.get())
  onCleanup(observable.listen((next) => setValue(() => next)))
  return value
}
