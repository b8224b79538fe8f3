import type * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import type { JSX } from "solid-js"
import { render } from "solid-js/web"
import { Brand } from "../components/Brand.js"
import { Notice } from "../components/Notice.js"
import { roomOf } from "./links.js"
import css from "./start.module.css"
import { roomUnreadable, type Saying, unsupported } from "./words.js"

const DeadEnd = (props: { readonly saying: Saying }) => (
  <>
    <Brand />
    <main class={css.dead}>
      <Notice saying={props.saying} role="alert" />
    </main>
  </>
)

/** Starts a page of a room: its services first, so that everything on the page may count on them. */
export const start = async <R,>(
  services: Layer.Layer<R>,
  page: (runtime: ManagedRuntime.ManagedRuntime<R, never>, room: string | undefined) => JSX.Element
): Promise<void> => {
  const root = document.getElementById("page")
  if (root === null) return
  const room = roomOf(location.search)
  if (room === null) return void render(() => <DeadEnd saying={roomUnreadable} />, root)
  if (!("RTCPeerConnection" in window)) return void render(() => <DeadEnd saying={unsupported} />, root)
  const runtime = ManagedRuntime.make(services)
  await runtime.runtime()
  render(() => page(runtime, room), root)
}
