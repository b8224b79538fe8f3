/** The values used in the examples of the OpenAPI document. */
import { ClaimId, HostKey, PeerId, PeerToken, RoomId } from "./Ids.js"
import type { Peer } from "./Peer.js"
import { PeerName } from "./PeerName.js"

export const exampleToken = PeerToken.make("JgMVK9vLoB3uPz1mJZqgVYcDT0bXkRw7h2ElsNfA5iU")
export const exampleKey = HostKey.make("wB8qfYt0GmXKc3LrJ5vZs1DnHoPa7EuI2RkTyN6VgQ4")
export const exampleRoom = RoomId.make("main")
export const exampleGuest: Peer = { id: PeerId.make("p_8rT2wq"), role: "guest", name: PeerName.to.make("Ada") }
export const exampleHost: Peer = {
  id: PeerId.make("p_Zk41bc"),
  role: "host",
  name: PeerName.to.make("Host"),
  claim: ClaimId.make("c_3nUw8e")
}
