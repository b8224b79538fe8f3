export const keys = {
  open: "Tastenkürzel",
  title: "Tastenkürzel",
  detail: "Je eine Taste. Sie tun nichts, während du tippst, und nichts in einer Leiste, einem Dialog oder einem Menü.",
  microphone: "Mikrofon stumm oder wieder einschalten",
  camera: "Kamera ein- oder ausschalten",
  hand: "Hand heben oder senken",
  chat: "Chat öffnen oder schließen",
  people: "Personenliste öffnen oder schließen",
  fullScreen: "Vollbild und zurück",
  escapeName: "Esc",
  escape: "Leiste schließen",
  help: "Diese Liste zeigen",
  active: "Einzelne Tasten wirken",
  activeDetail:
    "Schalte das aus, wenn Tasten aus Versehen gedrückt werden, etwa durch Spracheingabe. Diese Liste bleibt in den Einstellungen."
}
