import { createHost } from "./host/createHost.js"
import { HostPage } from "./host/HostPage.js"
import { start } from "./start.js"

void start((room) => {
  // A name of its own: as an expression in the JSX it would be made again at every reading.
  const model = createHost(room)
  return <HostPage model={model} />
})
