import { engine } from "../../app/loadCalls.js"
import { start } from "../../app/roomPage.js"
import { browserMediaDevices } from "../../media/BrowserMediaDevices.js"
import { createGuest } from "./createGuest.js"
import { GuestPage } from "./GuestPage.js"
import { roomPart } from "./roomPart.js"

void start((room) => {
  // A name of its own: as an expression in the JSX it would be made again at every reading.
  engine.preload()
  roomPart.preload()
  const model = createGuest(browserMediaDevices, room)
  return <GuestPage model={model} />
})
