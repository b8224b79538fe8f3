import { createGuest, GuestLive } from "./createGuest.js"
import { GuestPage } from "./GuestPage.js"
import { start } from "./start.js"

void start(GuestLive, (runtime, room) => <GuestPage model={createGuest(runtime, room)} />)
