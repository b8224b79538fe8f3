import { callsPart } from "../../app/loadCalls.js"
import { roomPage } from "../../app/roomPage.js"
import { browserMediaDevices } from "../../media/BrowserMediaDevices.js"
import { createGuest } from "./createGuest.js"
import { GuestPage } from "./GuestPage.js"
import { roomPart } from "./roomPart.js"

void roomPage((room) => {
  // A name of its own: as an expression in the JSX it would be made again at every reading.
  callsPart.preload()
  roomPart.preload()
  const model = createGuest(browserMediaDevices, room)
  return <GuestPage model={model} />
})
