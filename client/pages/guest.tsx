import { browserMediaDevices } from "../media/BrowserMediaDevices.js"
import { engine } from "./engine.js"
import { createGuest } from "./guest/createGuest.js"
import { GuestPage } from "./guest/GuestPage.js"
import { roomPart } from "./guest/roomPart.js"
import { start } from "./start.js"

void start((room) => {
  // A name of its own: as an expression in the JSX it would be made again at every reading.
  engine.preload()
  roomPart.preload()
  const model = createGuest(browserMediaDevices, room)
  return <GuestPage model={model} />
})
