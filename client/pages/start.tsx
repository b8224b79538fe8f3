import type { JSX } from "solid-js"
import { render } from "solid-js/web"
import { Brand } from "../components/Brand.js"
import { Notice } from "../components/Notice.js"
import { preloadEngine } from "./engine.js"
import { roomOf } from "./links.js"
import css from "./start.module.css"
import { roomUnreadable, type Saying, unsupported } from "./words/common.js"

const DeadEnd = (props: { readonly saying: Saying }) => (
  <>
    <Brand />
    <main class={css.dead}>
      <Notice saying={props.saying} role="alert" />
    </main>
  </>
)

/** Shows a page of a room, and then loads what calls need: by the time that somebody has pressed a button it is there. */
export const start = (page: (room: string | undefined) => JSX.Element): void => {
  const root = document.getElementById("page")
  if (root === null) return
  const room = roomOf(location.search)
  if (room === null) return void render(() => <DeadEnd saying={roomUnreadable} />, root)
  if (!("RTCPeerConnection" in window)) return void render(() => <DeadEnd saying={unsupported} />, root)
  render(() => page(room), root)
  preloadEngine()
}
