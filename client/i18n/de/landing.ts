export const landing = {
  title: "Deine Gäste öffnen einen Link. Du siehst sie alle.",
  lead: "Starte eine Konferenz, verschicke den Link, und Kamera und Mikrofon jedes Gastes kommen in deinem Browser an. Alle hören einander, und du nimmst jeden einzeln auf. Nichts zu installieren, kein Konto anzulegen.",
  start: "Konferenz starten",
  joinLabel: "Raumname oder Einladungslink",
  join: "Beitreten",
  unreadable: "Das ist weder ein Raumname noch ein Einladungslink. Füge den ganzen Link ein, den du bekommen hast.",
  direct: {
    title: "Von Browser zu Browser",
    text: "Bild und Ton nehmen den kürzesten Weg und sind unterwegs verschlüsselt."
  },
  yours: {
    title: "Der Raum gehört dir",
    text: "Der Schlüssel bleibt in deinem Browser. Niemand sonst kann hier Gastgeber sein, bis du die Konferenz beendest oder länger weg bist."
  },
  apart: {
    title: "Jeder Gast auf einer eigenen Spur",
    text: "Nimm jeden Gast in eine eigene Datei auf, auf deine eigene Festplatte."
  },
  picture: "Die Bilder von drei Gästen laufen auf der Seite des Gastgebers zusammen."
}
