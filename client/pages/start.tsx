import type { JSX } from "solid-js"
import { render } from "solid-js/web"
import { Brand } from "../components/Brand.js"
import { Notice } from "../components/Notice.js"
import { startLanguage } from "../words/languages.js"
import { type Saying, saying } from "../words/Saying.js"
import { t } from "../words/t.js"
import { preloadEngine } from "./engine.js"
import { roomOf } from "./links.js"
import css from "./start.module.css"

const DeadEnd = (props: { readonly saying: Saying }) => (
  <>
    <Brand />
    <main class={css.dead}>
      <Notice saying={props.saying} role="alert" />
    </main>
  </>
)

/** Shows a page in the language of whoever reads it. */
export const start = async (page: () => JSX.Element): Promise<void> => {
  const root = document.getElementById("page")
  await startLanguage()
  if (root !== null) render(page, root)
}

/** Shows a page of a room, and then loads what calls need: by the time that somebody has pressed a button it is there. */
export const startInRoom = (page: (room: string | undefined) => JSX.Element): Promise<void> =>
  start(() => {
    const room = roomOf(location.search)
    if (room === null) return <DeadEnd saying={saying("bad", t.common.roomUnreadable)} />
    if (!("RTCPeerConnection" in window)) return <DeadEnd saying={saying("bad", t.common.unsupported)} />
    preloadEngine()
    return page(room)
  })
