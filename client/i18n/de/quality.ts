export const quality = {
  good: "Verbindung gut",
  fair: "Verbindung mäßig",
  poor: "Verbindung schlecht",
  roundTrip: "Hin und zurück",
  loss: "Unterwegs verloren",
  received: "Empfangen",
  sent: "Gesendet",
  picture: "Bild",
  path: "Weg",
  direct: "direkt",
  relay: "über ein Relay"
}
