import type { JSX } from "solid-js"
import { Hints } from "../components/Hints.js"
import { saying } from "../words/Saying.js"
import { t } from "../words/t.js"
import { DeadEnd } from "./DeadEnd.js"
import { engine } from "./engine.js"
import { roomOf } from "./links.js"
import { show } from "./show.js"

/** Shows a page of a room, and then loads what calls need: by the time that somebody has pressed a button it is there. */
export const start = (page: (room: string | undefined) => JSX.Element): Promise<void> =>
  show(() => {
    const room = roomOf(location.search)
    if (room === null) return <DeadEnd saying={saying("bad", t.common.roomUnreadable)} />
    if (!("RTCPeerConnection" in window)) return <DeadEnd saying={saying("bad", t.common.unsupported)} />
    engine.preload()
    // Made once: as an expression in the JSX it would be made again at every reading.
    const shown = page(room)
    return (
      <>
        {shown}
        <Hints />
      </>
    )
  })
