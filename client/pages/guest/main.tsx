import { roomPage } from "../../app/roomPage.js"
import { browserMediaDevices } from "../../media/BrowserMediaDevices.js"
import { createGuest } from "./createGuest.js"
import { GuestPage } from "./GuestPage.js"
import { roomPart } from "./roomPart.js"

void roomPage((room) => {
  roomPart.preload()
  // Made once: as an expression in the JSX it would be made again whenever `model` is read.
  const model = createGuest(browserMediaDevices, room)
  return <GuestPage model={model} />
})
