const count = (guests: number) => (guests === 1 ? "1 Gast" : `${guests} Gäste`)

export const host = {
  name: "Gastgeber",
  heading: "Gastgeber einer Konferenz",
  lead: "Öffne deinen Raum und schick deinen Gästen seinen Link: Ihre Kameras und Mikrofone erscheinen auf dieser Seite.",
  yourName: "Dein Name",
  sends: {
    both: "Die Gäste werden dich sehen und hören.",
    camera: "Die Gäste werden dich sehen; dein Mikrofon ist aus.",
    microphone: "Die Gäste werden dich hören; deine Kamera ist aus.",
    nothing: "Die Gäste werden dich weder sehen noch hören: Kamera und Mikrofon sind aus."
  },
  start: "Raum öffnen",
  invite: "Einladungslink",
  inviteHint: "Wer diesen Link hat, kann als Gast beitreten.",
  copy: "Link kopieren",
  copied: "Link kopiert",
  copyFailed: "Der Link ist markiert. Kopiere ihn von Hand.",
  more: "Auf einem anderen Gerät Gastgeber sein",
  hostCopied: "Kopiert. Öffne die Adresse auf dem anderen Gerät und behalte sie für dich.",
  hostCopyFailed:
    "Dieser Browser ließ die Seite nicht kopieren. Erlaube ihr die Zwischenablage und drücke noch einmal.",
  copyHost: "Private Gastgeberadresse kopieren",
  hostHint: "Öffnet diesen Raum auf einem anderen Gerät von dir, als Gastgeber. Behalte sie für dich.",
  afresh: "Neu beginnen",
  leave: "Verlassen",
  leaveTitle: "Die Konferenz verlassen?",
  leaveDetail: "Deine Kamera und dein Mikrofon gehen in jedem Fall aus.",
  leaveMeans: "Der Raum bleibt deiner. Die Gäste warten, und du kannst zurückkommen.",
  leaveRecording: "Eine Aufnahme läuft. Sie endet, wenn du gehst, und bleibt in diesem Browser.",
  end: "Für alle beenden",
  endMeans: "Alle werden getrennt, und der Raum ist frei: Wer seinen Link hat, kann dort dann Gastgeber sein.",
  guests: "Gäste",
  emptyTitle: "Noch ist niemand da",
  emptyDetail:
    "Verschicke den Einladungslink. Gäste erscheinen hier von selbst, und diese Seite darf im Hintergrund bleiben.",
  takeOver: "Übernehmen",
  takeOverTitle: "Übernehmen?",
  takeOverDetail:
    "Dieser Raum ist in einem anderen Fenster dieses Browsers offen. Übernimmst du, geht die Konferenz hier weiter: Die Gäste bleiben, und das andere Fenster hört auf.",
  keyTitle: "Den Schlüssel dieses Links verwenden?",
  keyDetail:
    "Diese Adresse bringt einen Schlüssel mit, der zum Gastgeber dieses Raums macht. Wer den Link erzeugt hat, besitzt ihn auch. Fahre nur fort, wenn du ihn selbst kopiert hast; ein Schlüssel dieses Raums, den dieser Browser schon hat, wird dafür aufgegeben.",
  keyUse: "Diesen Schlüssel verwenden",
  elsewhere: "Konferenz in einem anderen Raum starten",
  retry: "Noch einmal versuchen",
  enterPassword: "Passwort eingeben",
  confirmAfresh: "Neu beginnen?",
  confirmAfreshGo: "Neue Sitzung beginnen",
  confirmAfreshDetail:
    "Der Chat auf dieser Seite wird geleert, die Sperre aufgehoben, und wer entfernt wurde, darf wieder herein. Die Gäste werden kurz getrennt und kommen von selbst zurück, bei eingeschaltetem Warteraum dorthin.",
  password: "Gastgeberpasswort",
  passwordTitle: "Dieser Dienst fragt Gastgeber nach einem Passwort",
  passwordDetail: "Wer ihn betreibt, kann es dir sagen.",
  passwordWrong: "Das Passwort stimmt nicht. Versuche es noch einmal.",
  passwordGo: "Weiter",
  cameraOff: "Kein Bild",
  count: (guests: number) => (guests === 0 ? "Keine Gäste" : count(guests)),

  tools: "Deine Schalter",
  settings: "Einstel\u00ADlungen",
  inviteTitle: "Einladen",
  peopleWaiting: (count: number) => (count === 1 ? "1 wartet" : `${count} warten`),
  layout: {
    title: "Anordnung",
    picture: "Was die Gäste sehen",
    everyone: "Alle",
    speaker: "Wer spricht",
    one: "Eine Person",
    screen: "Bildschirm",
    whoIsLarge: "Groß ist",
    whoIsSeen: "Zu sehen ist",
    whoeverSpeaks: "Wer gerade spricht",
    yourself: "Du",
    sent: "Alle Gäste sehen dieses Bild.",
    direct: "Ein Gast allein sieht deine Kamera. Ab zwei Gästen sehen alle dieses Bild.",
    nobody: "Ab zwei Gästen sehen alle ein gemeinsames Bild. Wähle, wie es aussieht.",
    starting: "Einen Moment…",
    window: "Dieses Bild in einem Fenster zeigen",
    fullScreen: "Dieses Bild im Vollbild zeigen",
    unloaded: {
      title: "Die Gäste sehen nur deine Kamera",
      detail:
        "Der Teil der Seite, der aus allen Bildern eines macht, ließ sich nicht laden. Prüfe deine Verbindung und versuche es noch einmal. Hilft das nicht, lade die Seite neu."
    },
    uncomposed: {
      title: "Die Gäste sehen nur deine Kamera",
      detail:
        "Dieser Browser konnte aus allen Bildern nicht eines machen. Versuche es noch einmal. Hilft das nicht, starte den Browser neu oder öffne diesen Raum in einem anderen."
    }
  },
  machineBusy: {
    title: "Dieser Computer ist an seiner Grenze",
    detail:
      "Die Bilder sind kleiner und bewegen sich weniger flüssig, damit nichts stockt. Schließe andere Programme und Tabs und verbinde den Computer mit dem Strom."
  },
  enlarge: (name: string) => `${name} bei dir vergrößern`,
  showToAll: (name: string) => `${name} allen zeigen`,
  shownToAll: (name: string) => `Alle sehen ${name} groß`,
  screenToAll: (name: string) => `Bildschirm von ${name} allen zeigen`,
  screenShown: (name: string) => `Alle sehen den Bildschirm von ${name}`,
  moreFor: (name: string) => `Mehr zu ${name}`,
  talk: (name: string) => `Nur mit ${name} sprechen`,
  talking: (name: string) => `Nur ${name} hört dich`,
  talkingDetail: "Die Antwort hören alle. In der Aufnahme deiner Stimme sind auch deine Worte.",
  talkAll: "Wieder mit allen sprechen",
  mutedFor: (name: string) =>
    `${name} ist weg. Du bist stummgeschaltet, damit niemand sonst hört, was für ${name} bestimmt war.`,
  popOut: (name: string) => `${name} in einem Fenster zeigen`,
  popOutRefused: "Dein Browser sperrt Fenster dieser Seite. Erlaube Pop-ups für sie und versuche es dann wieder.",
  fullScreen: (name: string) => `${name} im Vollbild zeigen`,
  stageFullScreen: "Vollbild",
  mute: (name: string) => `${name} stummschalten`,
  muted: "Mikrofon aus",
  handOf: (name: string) => `Hand von ${name} senken`,
  waits: (name: string) => `${name} wartet`,
  manyWait: (count: number) => `${count} Personen warten`,
  full: {
    title: "Der Raum fasst nicht mehr Gäste",
    detail: "Erst muss jemand gehen. Wer wartet, wartet bis dahin weiter."
  },
  waitingTitle: "Warteraum",
  admit: "Einlassen",
  admitName: (name: string) => `${name} einlassen`,
  admitAll: "Alle einlassen",
  refuse: "Abweisen",
  refuseAll: "Alle abweisen",
  refuseName: (name: string) => `${name} abweisen`,
  remove: "Entfernen",
  removeName: (name: string) => `${name} entfernen`,
  confirmRemove: (name: string) => `${name} entfernen?`,
  confirmRemoveDetail:
    "Die Verbindung endet sofort. Der Browser dieses Gastes wird abgewiesen, bis die Sitzung endet. Mit einem anderen Browser käme die Person wieder herein: Sperre den Raum, um das zu verhindern.",
  confirmRemoveLocked:
    "Die Verbindung endet sofort. Der Browser dieses Gastes wird abgewiesen, bis die Sitzung endet. Der Raum ist gesperrt: Auch mit einem anderen kommt niemand Neues herein.",
  removeAndLock: "Entfernen und sperren",
  awayTitle: "Gerade weg",
  awayDetail: "Die Verbindung ist weg. Kommt sie wieder, sind sie von selbst wieder da.",
  handPlace: (place: number) => `Hand ${place}`,
  muteAll: "Alle stummschalten",
  lowerAll: "Alle Hände senken",
  nobody: "Noch ist niemand im Raum.",
  waitingRoom: "Warteraum",
  waitingRoomDetail: "Neue Gäste warten, bis du sie einlässt.",
  lock: "Raum sperren",
  lockDetail: "Niemand Neues kommt herein. Wer drin ist, darf zurückkommen.",
  qr: "Mit einem Telefon scannen und beitreten.",
  shareLink: "Link teilen",

  idle: { title: "Der Raum ist nicht offen", detail: "" },
  offlineStarting: "Prüfe deine Verbindung. Diese Seite versucht es weiter und startet, sobald es geht.",
  ending: "Wird beendet…",
  offlineEnding: "Der Raum ist noch nicht frei. Lass diese Seite offen: Sie beendet die Konferenz, sobald sie kann.",
  starting: "Startet…",
  listening: "Raum offen",
  listeningOffline: {
    title: "Raum offen, Dienst nicht erreichbar",
    detail: "Bestehende Gespräche gehen weiter. Neue Gäste können beitreten, sobald der Dienst wieder da ist."
  },
  left: {
    title: "Du bist gegangen; der Raum bleibt dir",
    detail:
      "Deine Gäste warten auf dich. Öffne ihn wieder, dann geht es mit ihnen weiter. Bist du länger weg, meist ab einer Stunde, ist der Raum frei: Wer seinen Link hat, kann dort dann Gastgeber sein."
  },
  ended: {
    title: "Die Konferenz ist beendet",
    detail:
      "Alle Gäste sind draußen, und der Raum ist frei: Wer seinen Link hat, kann dort jetzt Gastgeber sein. Du kannst ihn wieder öffnen, solange es sonst niemand tut."
  },
  refused: {
    other: "Der Raum ließ sich nicht öffnen",
    RoomTaken: {
      title: "Dieser Raum hat einen anderen Gastgeber",
      detail:
        "Jemand anders hat ihn jetzt. Starte eine Konferenz in einem anderen Raum und schick deinen Gästen dessen Link. Bist du es selbst, in einem anderen Browser: Kopiere dort unter „Einladen“ die private Gastgeberadresse und öffne sie hier."
    },
    Replaced: {
      title: "In einem anderen Fenster geöffnet",
      detail: "Dort geht die Konferenz weiter. Willst du sie hier, drücke auf „Übernehmen“: Die Gäste bleiben."
    },
    Lapsed: {
      title: "Diese Seite hat ihren Platz verloren",
      detail:
        "Sie hat zu lange geschlafen oder war offline. Drücke auf „Noch einmal versuchen“, dann hast du den Raum wieder: Gäste, die noch da sind, kommen von selbst zurück. Hast du ihn inzwischen woanders geöffnet, geht er stattdessen hier weiter."
    },
    HostPasswordWrong: {
      title: "Dieser Dienst fragt Gastgeber nach einem Passwort",
      detail: "Der Raum öffnet sich, sobald das Passwort stimmt."
    },
    NotAllowed: {
      title: "Diese Seite darf hier nicht Gastgeber sein",
      detail: "Ihr Platz gehört zu einem anderen Raum. Öffne die Gastgeberseite noch einmal in einem neuen Tab."
    },
    RoomFull: "Der Raum ist voll",
    unexpectedDetail:
      "Vielleicht wurde er gerade aktualisiert. Lade die Seite neu; hilft das nicht, sieh in die Protokolle des Dienstes."
  },
  tile: {
    Waiting: "Wartet",
    Joined: "Beigetreten",
    Connecting: "Verbindet",
    Live: "Verbunden",
    relayed: "Verbunden, über ein Relay",
    Interrupted: "Unterbrochen",
    Away: "Gerade weg"
  }
}
