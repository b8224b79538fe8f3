export const quality = {
  good: "Connection good",
  fair: "Connection fair",
  poor: "Connection poor",
  roundTrip: "Round trip",
  loss: "Lost on the way",
  received: "Receiving",
  sent: "Sending",
  picture: "Picture",
  path: "Path",
  direct: "direct",
  relay: "through a relay"
}
