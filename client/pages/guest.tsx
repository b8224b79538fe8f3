import { createGuest, GuestLive } from "./createGuest.js"
import { GuestPage } from "./GuestPage.js"
import { start } from "./start.js"

void start(GuestLive, (runtime, room) => {
  // A name of its own: as an expression in the JSX it would be made again at every reading.
  const model = createGuest(runtime, room)
  return <GuestPage model={model} />
})
