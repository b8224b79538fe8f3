import { createEffect, type JSX } from "solid-js"
import { Brand } from "../components/Brand.js"
import { Hints } from "../components/Hints.js"
import { type Saying, saying } from "../words/Saying.js"
import { t } from "../words/t.js"
import { preloadEngine } from "./engine.js"
import { roomOf } from "./links.js"
import { show } from "./show.js"
import css from "./start.module.css"

/** A page that cannot be what its address asks for. */
const DeadEnd = (props: { readonly saying: Saying }) => {
  createEffect(() => {
    document.title = `${props.saying.title} · ${t.common.product()}`
  })
  return (
    <>
      <Brand />
      <main class={css.dead}>
        <h1>{props.saying.title}</h1>
        <p>{props.saying.detail}</p>
        <a href="/">{t.common.toStart()}</a>
      </main>
    </>
  )
}

/** Shows a page of a room, and then loads what calls need: by the time that somebody has pressed a button it is there. */
export const start = (page: (room: string | undefined) => JSX.Element): Promise<void> =>
  show(() => {
    const room = roomOf(location.search)
    if (room === null) return <DeadEnd saying={saying("bad", t.common.roomUnreadable)} />
    if (!("RTCPeerConnection" in window)) return <DeadEnd saying={saying("bad", t.common.unsupported)} />
    preloadEngine()
    // Made once: as an expression in the JSX it would be made again at every reading.
    const shown = page(room)
    return (
      <>
        {shown}
        <Hints />
      </>
    )
  })
