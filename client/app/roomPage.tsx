import type { JSX } from "solid-js"
import { statusText } from "../i18n/StatusText.js"
import { t } from "../i18n/t.js"
import { browserSecrets } from "../signaling/Secrets.js"
import { Hints } from "../ui/Hints.js"
import { DeadEnd } from "./DeadEnd.js"
import { defaultRoomOf, roomOf } from "./links.js"
import { callsPart } from "./loadCalls.js"
import { mount } from "./mount.js"

/** Shows a page of a room, and then loads the calls, so that they are there by the time somebody presses a button. */
export const roomPage = (open: (room: string | undefined) => JSX.Element): Promise<void> =>
  mount(() => {
    const [page] = performance.getEntriesByType("navigation")
    // Not every browser exposes `serverTiming`.
    const defaultRoom = defaultRoomOf(page instanceof PerformanceNavigationTiming ? (page.serverTiming ?? []) : [])
    if (defaultRoom !== null) browserSecrets.keepAsDefault(defaultRoom)
    const room = roomOf(location.search, defaultRoom)
    if (room === null) return <DeadEnd status={statusText("bad", t.common.roomUnreadable)} />
    if (!("RTCPeerConnection" in window)) return <DeadEnd status={statusText("bad", t.common.unsupported)} />
    callsPart.preload()
    // Made once: as an expression in the JSX it would be made again at every read.
    const shown = open(room)
    return (
      <>
        {shown}
        <Hints />
      </>
    )
  })
