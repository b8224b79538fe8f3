import { CallsLive } from "../rtc/CallsLive.js"
import { createHost } from "./createHost.js"
import { HostPage } from "./HostPage.js"
import { start } from "./start.js"

void start(CallsLive, (runtime, room) => <HostPage model={createHost(runtime, room)} />)
