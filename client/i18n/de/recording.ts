const files = (count: number) => (count === 1 ? "1 Datei" : `${count} Dateien`)

export const recording = {
  start: "Aufnehmen",
  stop: "Aufnahme beenden",
  begin: "Aufnahme beginnen",
  starting: "Die Aufnahme beginnt…",
  shelf: "Aufnahmen",
  chip: (elapsed: string) => `Aufnahme läuft, ${elapsed}`,
  finishing: "Die letzten Sekunden werden geschrieben…",
  idleTitle: "Es wird nichts aufgenommen",
  idleDetail:
    "Jede Person wird in eigene Dateien aufgenommen, in diesem Browser: der Ton ohne Lücke, Kamera und Bildschirm, solange sie an sind. Eine weitere Datei hat alle zusammen, wie die Gäste sie sehen. Alle erfahren, dass aufgenommen wird.",
  runningTitle: (elapsed: string) => `Aufnahme seit ${elapsed}`,
  who: (names: ReadonlyArray<string>) => (names.length === 0 ? "Noch ist niemand darin" : names.join(", ")),
  whole: "Alle zusammen",
  written: (size: string) => `${size} geschrieben`,
  leftUnknown: "Wie lange der Platz in diesem Browser reicht, wird gemessen…",
  leftMinutes: (minutes: number) => `Platz für etwa ${minutes === 1 ? "eine Minute" : `${minutes} Minuten`}`,
  leftHours: (hours: number) => `Platz für mehr als ${hours} Stunden`,
  leftLong: "Platz für Tage",
  unsavedTitle: "Aufnahmen in diesem Browser",
  noneKept: "In diesem Browser liegt keine Aufnahme.",
  retention: {
    promised: "Dieser Browser behält sie, bis du sie hier sicherst oder löschst oder die Daten dieser Seite entfernst.",
    week: "Dieser Browser löscht sie, wenn du diese Seite an sieben Tagen, an denen du ihn benutzt, nicht besuchst. Sichere sie bald.",
    tenth:
      "Firefox gibt dieser Seite 10 GiB oder ein Zehntel des Datenträgers, je nachdem, was weniger ist, und kann Aufnahmen löschen, wenn der Datenträger fast voll ist. Sichere sie bald.",
    spare: "Dieser Browser kann sie löschen, wenn der Datenträger fast voll ist. Sichere sie bald."
  },
  privateWindow: "Ein privates Fenster vergisst sie, wenn es geschlossen wird.",
  saveToFolder: "In einen Ordner sichern",
  download: "Herunterladen",
  remove: "Löschen",
  confirmRemove: "Diese Aufnahme löschen?",
  confirmRemoveDetail: "Ihre Dateien verschwinden endgültig aus diesem Browser. Gesicherte Kopien bleiben.",
  downloadedMark: "Heruntergeladen. Lösche sie hier, wenn du die Dateien geprüft hast.",
  unsaved: (when: string, names: ReadonlyArray<string>, count: number, size: string) =>
    `${when}: ${names.join(", ")} (${files(count)}, ${size})`,
  unlisted: (when: string, count: number, size: string) =>
    `${when}, ohne eine Liste der Personen darin (${files(count)}, ${size})`,
  saving: (done: number, of: number) => `${Math.min(done + 1, of)} von ${of} wird gesichert…`,
  broken: {
    title: (names: ReadonlyArray<string>) => `Von ${names.join(", ")} wird nicht alles aufgenommen`,
    detail:
      "Dieser Browser konnte eine Kamera oder ein Mikrofon nicht aufnehmen. Die Aufnahme aller anderen geht weiter."
  },
  muted: {
    absent: "Du bist stummgeschaltet und wirst nicht in der Aufnahme sein",
    unheard: "Du bist stummgeschaltet und wirst in der Aufnahme nicht zu hören sein"
  },
  space: {
    title: (minutes: number) =>
      `Der Platz reicht noch für etwa ${minutes === 1 ? "eine Minute" : `${minutes} Minuten`} Aufnahme`,
    detail:
      "Dann endet die Aufnahme geordnet, und alles bleibt erhalten. Lösche gesicherte Aufnahmen oder schaffe Platz auf dem Datenträger."
  },
  goesOn: {
    title: "Die Aufnahme geht weiter",
    detail: (from: string, to: string) =>
      `Diese Seite war weg. Von ${from} bis ${to} wurde nichts aufgenommen; alles davor ist da, und was jetzt kommt, gehört zur selben Aufnahme.`
  },
  stopped: {
    title: (at: string) => `Die Aufnahme endete um ${at}`,
    late: "Diese Seite war länger als zehn Minuten weg, darum geht sie nicht von selbst weiter. Was bis dahin aufgenommen wurde, ist da.",
    goOn: "Weiter aufnehmen"
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
    title: "Der Teil der Seite, der aufnimmt, konnte nicht geladen werden",
    detail: "Prüfe deine Verbindung und versuche es noch einmal. Hilft das nicht, lade die Seite neu."
  },
  problem: {
    RecordingUnsupported: {
      title: "Dieser Browser kann nicht aufnehmen",
      detail:
        "Dazu braucht es einen aktuellen Chrome, Edge, Firefox oder Safari und eine Seite mit https:// in der Adresse."
    },
    StorageFull: {
      title: "Der Datenträger ist voll",
      detail:
        "Was bis jetzt aufgenommen wurde, ist da. Sichere es auf einen anderen Datenträger oder schaffe hier Platz, und nimm erneut auf."
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
    SpaceUsedUp: {
      title: "Der Platz in diesem Browser ist aufgebraucht",
      detail:
        "Die Aufnahme ist geordnet beendet, und alles ist da. Sichere sie und lösche sie hier, oder schaffe Platz auf dem Datenträger, und nimm erneut auf."
    },
    SecondsLost: {
      title: "Die letzten Sekunden fehlen",
      detail: (names: ReadonlyArray<string>) =>
        `Die Aufnahme ist beendet. Der Browser hat das Ende von dem, was ${names.join(", ")} gesendet hat, nicht geschrieben; alles davor ist da.`
    },
    SavingStuck: {
      title: "Das Sichern geht nicht voran",
      detail: (file: string) =>
        `${file} ließ sich nicht rechtzeitig schreiben. Die ganze Aufnahme ist noch in diesem Browser: Prüfe den Datenträger oder den Ordner und sichere sie noch einmal.`
    },
    StorageFailed: {
      title: "Die Aufnahme ließ sich nicht schreiben",
      detail: (message: string) => `Was bis dahin geschrieben war, ist da. Der Browser sagt: ${message}`
    }
  }
}
