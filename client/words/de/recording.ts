const files = (count: number) => (count === 1 ? "1 Datei" : `${count} Dateien`)

export const recording = {
  start: "Aufnehmen",
  stop: "Aufnahme beenden",
  starting: "Die Aufnahme beginnt…",
  running: "Aufnahme läuft",
  guestBadge: "Diese Konferenz wird aufgenommen",
  shelf: "Aufnahmen",
  chip: (elapsed: string) => `Aufnahme läuft, ${elapsed}`,
  finishing: "Die letzten Sekunden werden geschrieben…",
  unsavedTitle: "Aufnahmen in diesem Browser",
  unsavedDetail: "Sie bleiben hier, bis du sie sicherst oder löschst.",
  saveToFolder: "In einen Ordner sichern",
  download: "Herunterladen",
  remove: "Löschen",
  confirmRemove: "Diese Aufnahme löschen?",
  confirmRemoveDetail: "Ihre Dateien verschwinden endgültig aus diesem Browser. Gesicherte Kopien bleiben.",
  downloadedMark: "Heruntergeladen. Lösche sie hier, wenn du die Dateien geprüft hast.",
  status: (elapsed: string, size: string, sources: number) => `${elapsed}, ${files(sources)} in Arbeit, ${size}`,
  unsaved: (when: string, names: ReadonlyArray<string>, count: number, size: string) =>
    `${when}: ${names.join(", ")} (${files(count)}, ${size})`,
  saving: (done: number, of: number) => `${Math.min(done + 1, of)} von ${of} wird gesichert…`,
  broken: {
    title: (names: ReadonlyArray<string>) => `Von ${names.join(", ")} wird nicht alles aufgenommen`,
    detail:
      "Dieser Browser konnte eine Kamera oder ein Mikrofon nicht aufnehmen. Die Aufnahme aller anderen geht weiter."
  },
  saved: {
    title: "Die Aufnahme ist gesichert",
    detail: (folder: string, count: number) => `${files(count)} und manifest.json liegen im Ordner „${folder}“.`
  },
  downloaded: {
    title: "Die Aufnahme liegt bei deinen Downloads",
    detail: (start: string, count: number) =>
      `${files(count)} und ein Manifest, mit Namen, die mit „${start}“ beginnen. Fragt dein Browser, ob die Seite mehrere Dateien laden darf, erlaube es. Prüfe, ob alle da sind, und lösche die Aufnahme dann hier.`
  },
  unloaded: {
    title: "Die Aufnahme konnte nicht geladen werden",
    detail: "Prüfe deine Verbindung und versuche es noch einmal. Hilft das nicht, lade die Seite neu."
  },
  problem: {
    RecordingUnsupported: {
      title: "Dieser Browser kann nicht aufnehmen",
      detail:
        "Dazu braucht es einen aktuellen Chrome, Edge, Firefox oder Safari und eine Seite mit https:// in der Adresse."
    },
    StorageFull: {
      title: "Der Speicher ist voll",
      detail:
        "Was bis jetzt aufgenommen wurde, ist da. Sichere es auf einen anderen Datenträger oder schaffe hier Platz, und nimm weiter auf."
    },
    StorageRefused: {
      title: "Diese Seite darf keine Dateien schreiben",
      detail:
        "Nimm ein Fenster, das nicht privat ist, oder erlaube der Seite, Daten zu speichern und in den Ordner zu schreiben."
    },
    RecordingInUse: {
      title: "Ein anderes Fenster arbeitet an dieser Aufnahme",
      detail: "Es nimmt auf oder sichert gerade. Versuche es wieder, wenn das fertig ist."
    },
    RecordingGone: {
      title: "Sie ist nicht mehr da",
      detail: "Die Aufnahme wurde in einem anderen Fenster gesichert oder gelöscht, oder der Ordner wurde verschoben."
    },
    StorageFailed: {
      title: "Die Aufnahme ließ sich nicht schreiben",
      detail: (message: string) => `Was bis dahin geschrieben war, ist da. Der Browser sagt: ${message}`
    }
  }
}
