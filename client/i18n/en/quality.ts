export const quality = {
  good: "Connection good",
  fair: "Connection fair",
  poor: "Connection poor",
  roundTrip: "There and back",
  loss: "Lost on the way",
  received: "Receiving",
  sent: "Sending",
  picture: "Picture",
  path: "Path",
  direct: "direct",
  relay: "through a relay"
}
