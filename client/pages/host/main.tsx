import { roomPage } from "../../app/roomPage.js"
import { hostEn } from "../../i18n/en/hostEn.js"
import { addEnglish } from "../../i18n/t.js"
import { createHost } from "./createHost.js"
import { HostPage } from "./HostPage.js"
import { roomPart } from "./roomPart.js"

addEnglish(hostEn)

void roomPage((room) => {
  roomPart.preload()
  // A name of its own: as an expression in the JSX it would be made again at every reading.
  const model = createHost(room)
  return <HostPage model={model} />
})
