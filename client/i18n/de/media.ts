export const media = {
  camera: "Kamera",
  microphone: "Mikrofon",
  speaker: "Lautsprecher",
  none: { camera: "Keine Kamera", microphone: "Kein Mikrofon" },
  standard: { camera: "Standardkamera", microphone: "Standardmikrofon", speaker: "Standardlautsprecher" },
  muted: "Stummgeschaltet",
  off: "Aus",
  unnamed: {
    camera: (number: number) => `Kamera ${number}`,
    microphone: (number: number) => `Mikrofon ${number}`,
    speaker: (number: number) => `Lautsprecher ${number}`
  },
  asking: "Dein Browser fragt nach Kamera und Mikrofon. Erlaube beides, dann siehst du dich hier.",
  askingCamera: "Dein Browser fragt nach der Kamera. Erlaube sie, dann siehst du dich hier.",
  opening: "Deine Kamera startet…",
  cameraOff: "Deine Kamera ist aus",
  self: "Du",
  share: "Bildschirm teilen",
  shareStop: "Teilen beenden",
  shareRefused: {
    title: "Dein Bildschirm wird nicht geteilt",
    detail:
      "Das System lässt diesen Browser ihn nicht sehen. Erlaube die Bildschirmaufnahme in den Systemeinstellungen und versuche es dann wieder."
  },
  screenOf: (name: string) => `Bildschirm von ${name}`,
  mute: "Stumm\u00ADschalten",
  unmute: "Mikrofon ein\u00ADschalten",
  cameraStop: "Video stoppen",
  cameraStart: "Video starten",
  spokenMuted: {
    title: "Du bist stummgeschaltet",
    detail: "Niemand hört, was du sagst.",
    mend: "Mikrofon einschalten"
  },
  tryAgain: "Noch einmal fragen",
  playSound: "Ton abspielen",
  level: "Mikrofonpegel",
  original: "Originalton",
  originalDetail: "Für Musik, mit Kopfhörern: in Stereo und ungefiltert. Ohne Kopfhörer hören die anderen ein Echo.",
  denoise: "Rauschunterdrückung",
  denoiseDetail: "Nimmt Lüfter, Tastaturen und Straßen aus dem, was die anderen hören.",
  testTone: "Testton abspielen",
  testTonePlaying: "Läuft…",
  testToneFailed:
    "Es ließ sich kein Ton abspielen. Wähle einen anderen Lautsprecher, oder sieh in den Toneinstellungen des Systems nach.",
  trouble: {
    camera: {
      lost: {
        title: "Deine Kamera hat aufgehört",
        detail: "Sie wurde abgezogen, oder ein anderes Programm hat sie genommen.",
        mend: "Kamera wieder starten"
      },
      silent: {
        title: "Deine Kamera sendet kein Bild",
        detail: "Das System oder ein anderes Programm hat sie gerade, etwa bei einem Telefonat.",
        mend: "Kamera zurückholen"
      }
    },
    microphone: {
      lost: {
        title: "Dein Mikrofon hat aufgehört",
        detail: "Es wurde abgezogen, oder ein anderes Programm hat es genommen.",
        mend: "Anderes Mikrofon benutzen"
      },
      silent: {
        title: "Dein Mikrofon ist stumm",
        detail: "Das System oder ein anderes Programm hat es gerade, etwa bei einem Telefonat.",
        mend: "Mikrofon zurückholen"
      }
    }
  },
  changed: {
    gone: (name: string) => `${name} ist weg`,
    back: (name: string) => `${name} ist wieder da`,
    camera: (name: string) => `Deine Kamera ist jetzt: ${name}.`,
    microphone: (name: string) => `Dein Mikrofon ist jetzt: ${name}.`,
    speaker: "Der Ton kommt jetzt aus dem Lautsprecher des Systems.",
    speakerBack: "Der Ton kommt wieder von dort."
  },
  problem: {
    both: {
      DeviceMissing: {
        title: "Keine Kamera und kein Mikrofon gefunden",
        detail: "Schließ sie an oder mach ohne sie weiter."
      },
      PermissionRefused: { title: "Diese Seite darf Kamera und Mikrofon nicht benutzen" },
      DeviceBusy: {
        title: "Deine Kamera und dein Mikrofon starten nicht",
        detail: "Vielleicht benutzt sie ein anderes Programm. Schließ es und frag noch einmal, oder wähle andere."
      },
      PageInsecure: {
        title: "Browser geben dieser Adresse weder Kamera noch Mikrofon",
        detail: "Sie ist nicht sicher. Öffne dieselbe Seite mit https:// am Anfang der Adresse."
      }
    },
    camera: {
      DeviceMissing: { title: "Keine Kamera gefunden", detail: "Schließ eine an, oder mach ohne weiter." },
      PermissionRefused: { title: "Diese Seite darf deine Kamera nicht benutzen" },
      DeviceBusy: {
        title: "Deine Kamera startet nicht",
        detail:
          "Vielleicht benutzt sie ein anderes Programm. Schließ es und frag noch einmal, oder wähle eine andere Kamera."
      },
      DeviceUnsuitable: {
        title: "Diese Kamera lässt sich nicht benutzen",
        detail: "Sie ist weg oder kann nicht, was ein Gespräch braucht. Wähle eine andere Kamera."
      },
      PageInsecure: {
        title: "Browser geben dieser Adresse keine Kamera",
        detail: "Sie ist nicht sicher. Öffne dieselbe Seite mit https:// am Anfang der Adresse."
      },
      DeviceLost: {
        title: "Deine Kamera hat aufgehört",
        detail:
          "Sie wurde abgezogen, oder die Erlaubnis wurde zurückgenommen. Schließ sie an und frag noch einmal, oder wähle eine andere."
      },
      CaptureFailed: {
        title: "Deine Kamera startet nicht",
        detail: "Frag noch einmal, wähle eine andere Kamera oder starte den Browser neu."
      }
    },
    microphone: {
      DeviceMissing: { title: "Kein Mikrofon gefunden", detail: "Schließ eins an, oder mach ohne weiter." },
      PermissionRefused: { title: "Diese Seite darf dein Mikrofon nicht benutzen" },
      DeviceBusy: {
        title: "Dein Mikrofon startet nicht",
        detail:
          "Vielleicht benutzt es ein anderes Programm. Schließ es und frag noch einmal, oder wähle ein anderes Mikrofon."
      },
      DeviceUnsuitable: {
        title: "Dieses Mikrofon lässt sich nicht benutzen",
        detail: "Es ist weg oder kann nicht, was ein Gespräch braucht. Wähle ein anderes Mikrofon."
      },
      PageInsecure: {
        title: "Browser geben dieser Adresse kein Mikrofon",
        detail: "Sie ist nicht sicher. Öffne dieselbe Seite mit https:// am Anfang der Adresse."
      },
      DeviceLost: {
        title: "Dein Mikrofon hat aufgehört",
        detail:
          "Es wurde abgezogen, oder die Erlaubnis wurde zurückgenommen. Schließ es an und frag noch einmal, oder wähle ein anderes."
      },
      CaptureFailed: {
        title: "Dein Mikrofon startet nicht",
        detail: "Frag noch einmal, wähle ein anderes Mikrofon oder starte den Browser neu."
      }
    }
  },
  permission: {
    chromium:
      "Klick auf das Symbol links neben der Adresse, schalte Kamera und Mikrofon ein und frag noch einmal. Sind sie dort an, erlaube deinen Browser in den Datenschutzeinstellungen des Systems.",
    firefox:
      "Klick links neben der Adresse auf die durchgestrichene Kamera oder das Mikrofon, nimm die Sperre mit dem × weg und frag noch einmal. Ist dort nichts, erlaube Firefox in den Datenschutzeinstellungen des Systems.",
    safari:
      "Wähle in der Menüleiste Safari, Einstellungen für diese Website, stell Kamera und Mikrofon auf Erlauben und frag noch einmal.",
    ios: "Tippe auf das Seitenmenü bei der Adresse, dann auf Website-Einstellungen, stell Kamera und Mikrofon auf Erlauben und frag noch einmal. Sind sie dort erlaubt, sieh in Einstellungen, Apps, deinem Browser nach.",
    android:
      "Tippe auf das Symbol links neben der Adresse, dann auf Berechtigungen, schalte Kamera und Mikrofon ein und frag noch einmal. Sind sie dort an, sieh bei den Berechtigungen deines Browsers in den Systemeinstellungen nach.",
    other: "Erlaube Kamera und Mikrofon für diese Seite in den Einstellungen deines Browsers und frag noch einmal."
  }
}
