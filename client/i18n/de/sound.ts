export const sound = {
  press: "Drück irgendwo, damit der Ton beginnt",
  interrupted: {
    title: "Dein Gerät hat der Seite den Ton genommen",
    detail: "Das tut es für ein Telefonat. Der Ton kommt von selbst zurück."
  },
  output: {
    title: "Keine Tonausgabe gefunden",
    detail: "Schließ Kopfhörer oder einen Lautsprecher an: Der Ton beginnt dann von selbst."
  },
  until: {
    deaf: "Bis dahin hörst du niemanden.",
    mute: "Bis dahin hören die Gäste dich nicht.",
    apart: "Bis dahin hören die Gäste einander nicht.",
    both: "Bis dahin hören die Gäste weder dich noch einander."
  }
}
