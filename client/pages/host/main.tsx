import { roomPage } from "../../app/roomPage.js"
import { hostEn } from "../../i18n/en/hostEn.js"
import { addEnglish } from "../../i18n/t.js"
import { createHost } from "./createHost.js"
import { HostPage } from "./HostPage.js"
import { roomPart } from "./roomPart.js"

addEnglish(hostEn)

void roomPage((room) => {
  roomPart.preload()
  // Made once: as an expression in the JSX it would be made again whenever `model` is read.
  const model = createHost(room)
  return <HostPage model={model} />
})
