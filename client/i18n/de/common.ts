export const common = {
  product: "CF Video Conference",
  toStart: "Zur Startseite",
  language: "Sprache",
  cancel: "Abbrechen",
  close: "Schließen",
  people: "Personen",
  closeNotice: "Diesen Hinweis schließen",
  roomUnreadable: {
    title: "Dieser Link ist beschädigt",
    detail:
      "Der Raumname darin enthält Zeichen, die kein Raum haben kann. Lass dir den Link noch einmal schicken und kopiere ihn ganz."
  },
  nothingHere: {
    title: "Unter dieser Adresse gibt es nichts",
    detail:
      "Vielleicht fehlt dem Link ein Stück. Kopiere ihn noch einmal ganz, oder geh zur Startseite und gib den Raumnamen ein."
  },
  unsupported: {
    title: "Dieser Browser kann keine Videoanrufe",
    detail: "Öffne den Link in einem aktuellen Chrome, Edge, Firefox oder Safari."
  },
  unloaded: {
    title: "Ein Teil dieser Seite wurde nicht geladen",
    detail:
      "Prüfe deine Verbindung und versuche es noch einmal. Wurde der Dienst gerade aktualisiert, lädt ein neuer Versuch die neue Seite."
  },
  offline: "Der Dienst ist nicht erreichbar",
  unexpected: "Der Dienst hat etwas geantwortet, das diese Seite nicht kennt"
}
