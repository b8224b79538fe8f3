export const guest = {
  heading: "Der Konferenz beitreten",
  joined: "Die Konferenz",
  name: "Dein Name",
  namePlaceholder: "Gast",
  join: "Beitreten",
  leave: "Verlassen",
  retry: "Noch einmal versuchen",
  joinAgain: "Wieder beitreten",
  back: "Hier beitreten",
  host: "Gastgeber:",
  hostPicture: "Gastgeber",
  programme: "Alle in einem Bild",
  programmeWith: (name: string) => `Alle in einem Bild, ${name} groß`,
  inPicture: "Im Bild",
  enlarge: { screen: "Bildschirm groß zeigen", people: "Personen groß zeigen" },
  fill: "Bild über den ganzen Bildschirm",
  fillEnd: "Zurück zur ganzen Seite",

  tools: "Deine Schalter",
  hand: "Hand heben",
  handLower: "Hand senken",
  pip: "Bild im Bild",
  fullScreen: "Vollbild",
  fullScreenEnd: "Vollbild beenden",
  settings: "Einstel\u00ADlungen",
  hostScreen: "Bildschirm des Gastgebers",
  hostPictureOff: "Der Gastgeber sendet kein Bild",
  count: (people: number) => (people === 1 ? "1 Person" : `${people} Personen`),
  handUp: "Hand gehoben",
  peopleUnknown: "Die Liste kommt vom Gastgeber, und der ist gerade nicht verbunden.",
  peopleMore: (more: number) => `und ${more} weitere`,
  waitingChat: "Du bist gerade nicht verbunden. Was du schreibst, wird gesendet, sobald du es bist.",
  mutedByHost: {
    title: "Der Gastgeber hat dich stummgeschaltet",
    detail: "Dein Mikrofon ist aus. Schalte es ein, wenn du sprechen willst."
  },
  handLowered: "Der Gastgeber hat deine Hand gesenkt.",
  badges: {
    recording: "Diese Konferenz wird aufgenommen",
    large: "Alle sehen dich groß",
    screenToAll: "Alle sehen deinen Bildschirm",
    screenToHost: "Nur der Gastgeber sieht deinen Bildschirm",
    talkback: "Der Gastgeber spricht nur mit dir. Deine Antwort hören alle."
  },
  network: {
    Fine: { title: "Dein Netz ist in Ordnung", detail: "Bild und Ton finden von hier einen direkten Weg." },
    RelayOnly: {
      title: "Dein Netz braucht einen Umweg",
      detail: "Gespräche laufen über ein Relay und klappen trotzdem."
    },
    Blocked: {
      title: "Dein Netz sperrt Videoanrufe",
      detail:
        "Dieses Netz lässt kein Gespräch durch, auch nicht über das Relay. Schalte ein VPN ab oder nimm ein anderes Netz."
    },
    again: "Noch einmal prüfen"
  },

  idle: { title: "Bereit", detail: "" },
  offlineDetail:
    "Prüfe deine Verbindung. Diese Seite versucht es weiter. Dauert es lange, fragt sie dich vielleicht, bevor sie beitritt.",
  joining: { title: "Du trittst bei…", detail: "Dein Platz im Raum wird angefragt." },
  connecting: { title: "Verbindung entsteht…", detail: "Der Gastgeber ist da. Bild und Ton kommen gleich." },
  cameraAgain: "Deine Kamera startet, wenn du wieder beitrittst",
  left: {
    title: "Du hast die Konferenz verlassen",
    detail: "Es wird nichts mehr gesendet. Willst du zurück, drücke auf „Beitreten“."
  },
  ended: {
    title: "Diese Konferenz ist beendet",
    detail: "Von dir wird nichts mehr gesendet. Beginnt sie von neuem, drücke auf „Wieder beitreten“."
  },
  anotherHost: {
    title: "Vielleicht hat der Raum einen neuen Gastgeber",
    detail:
      "Diese Seite weiß nicht, ob es noch derselbe ist. Deine Kamera und dein Mikrofon werden erst gesendet, wenn du auf „Trotzdem beitreten“ drückst."
  },
  joinAnotherHost: "Trotzdem beitreten",
  elsewhere: {
    title: "Du bist in einem anderen Tab in dieser Konferenz",
    detail: "Von hier wird nichts gesendet. Nimmst du diesen Tab, hört der andere auf."
  },
  useThisTab: "Diesen Tab nehmen",
  keepOtherTab: "Den anderen behalten",
  live: {
    title: "Verbunden",
    both: "Der Gastgeber sieht und hört dich.",
    camera: "Der Gastgeber sieht dich. Dein Mikrofon ist aus.",
    microphone: "Der Gastgeber hört dich. Deine Kamera ist aus.",
    nothing: "Der Gastgeber sieht und hört dich nicht: Kamera und Mikrofon sind aus."
  },
  waiting: {
    HostAway: {
      title: "Der Gastgeber ist gerade weg; du bist noch da",
      detail:
        "Seine Seite ist geschlossen oder startet neu. Du behältst deinen Platz, und es geht weiter, sobald sie wieder da ist."
    },
    NotStarted: {
      title: "Warten auf den Gastgeber",
      detail: "Du bist drin. Sobald der Gastgeber startet, wirst du verbunden."
    },
    NeverHosted: {
      title: "Hier ist noch kein Gastgeber",
      detail: "Bleib hier: Sobald ein Gastgeber startet, wirst du verbunden. Kommt niemand, prüfe den Link."
    },
    SessionOver: {
      title: "Diese Konferenz ist beendet",
      detail: "Bleib hier, falls sie weitergeht: Startet wieder ein Gastgeber, wirst du verbunden."
    },
    HostLeft: {
      title: "Der Gastgeber ist gegangen",
      detail: "Bleib gern hier: Ist er wieder da, wirst du verbunden."
    },
    Admission: {
      title: "Du bist im Warteraum",
      detail: "Der Gastgeber entscheidet, ob du hereinkommst. Bis dahin sieht und hört dich niemand."
    },
    RoomLocked: {
      title: "Der Raum ist gesperrt",
      detail:
        "Der Gastgeber lässt im Moment niemanden mehr herein, und niemand sieht oder hört dich. Diese Seite versucht es jede Minute wieder."
    }
  },
  recovering: {
    title: "Unterbrochen",
    Watching: "Bild und Ton stocken. Die meisten Lücken schließen sich von selbst.",
    RestartingIce: "Ein neuer Weg durchs Netz wird gesucht.",
    NewConnection: "Die Verbindung wird neu aufgebaut.",
    RelayOnly: "Jetzt der Weg über das Relay."
  },
  failed: {
    NoRelay: {
      title: "Dein Netz und das des Gastgebers finden nicht zueinander",
      detail:
        "Sie brauchen ein Relay dazwischen, und dieser Dienst hat keins. Versuche ein anderes Netz, etwa das deines Telefons. Diese Seite versucht es jede Minute wieder."
    },
    RelayRefused: {
      title: "Das Relay lässt dieses Gespräch nicht durch",
      detail:
        "Die Netze brauchen ein Relay, und es hat keinen Weg geöffnet. Diese Seite versucht es jede Minute wieder; bleibt es so, sag es dem Gastgeber."
    },
    NetworkBlocks: {
      title: "Dein Netz sperrt Videoanrufe",
      detail:
        "Alle Wege wurden versucht, auch das Relay. Schalte ein VPN ab oder nimm ein anderes Netz, etwa das deines Telefons. Diese Seite versucht es jede Minute wieder."
    }
  },
  refused: {
    other: "Der Raum hat dich nicht eingelassen",
    RoomFull: {
      title: "Der Raum ist voll",
      detail: "Mehr Gäste fasst er nicht. Bitte den Gastgeber um einen Platz und versuche es dann wieder."
    },
    Removed: {
      title: "Der Gastgeber hat dich entfernt",
      detail: "Von dir wird nichts mehr gesendet. Wenn du das für ein Versehen hältst, frag den Gastgeber."
    },
    NotAdmitted: {
      title: "Der Gastgeber lässt dich nicht herein",
      detail: "Von dir wird nichts gesendet. Wenn du das für ein Versehen hältst, frag den Gastgeber."
    },
    Replaced: {
      title: "Du bist in einem anderen Fenster beigetreten",
      detail: "Dort geht es weiter. Willst du hier dabei sein, drücke auf „Hier beitreten“."
    },
    NotAllowed: {
      title: "Diese Seite darf dem Raum nicht beitreten",
      detail: "Ihr Platz gehört zu einem anderen Raum. Öffne den Link des Gastgebers noch einmal in einem neuen Tab."
    },
    unexpectedDetail:
      "Vielleicht wurde er gerade aktualisiert. Lade die Seite neu; hilft das nicht, sag es dem Gastgeber."
  }
}
