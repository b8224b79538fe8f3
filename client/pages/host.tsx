import { CallsLive } from "../rtc/CallsLive.js"
import { createHost } from "./createHost.js"
import { HostPage } from "./HostPage.js"
import { start } from "./start.js"

void start(CallsLive, (runtime, room) => {
  // A name of its own: as an expression in the JSX it would be made again at every reading.
  const model = createHost(runtime, room)
  return <HostPage model={model} />
})
