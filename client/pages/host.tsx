import { hostEn } from "../words/en/hostEn.js"
import { addEnglish } from "../words/t.js"
import { createHost } from "./host/createHost.js"
import { HostPage } from "./host/HostPage.js"
import { roomPart } from "./host/roomPart.js"
import { start } from "./start.js"

addEnglish(hostEn)

void start((room) => {
  // A name of its own: as an expression in the JSX it would be made again at every reading.
  roomPart.preload()
  const model = createHost(room)
  return <HostPage model={model} />
})
