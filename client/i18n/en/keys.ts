export const keys = {
  open: "Keyboard shortcuts",
  title: "Keyboard shortcuts",
  detail: "One key each. They do nothing while you type, nor inside a panel, a dialog or a menu.",
  microphone: "Mute or unmute your microphone",
  camera: "Turn your camera on or off",
  hand: "Raise or lower your hand",
  chat: "Open or close the chat",
  people: "Open or close the list of people",
  fullScreen: "Full screen, and back",
  escapeName: "Esc",
  escape: "Close the panel",
  help: "Show this list",
  active: "Single keys act",
  activeDetail: "Turn this off where keys are pressed by mistake, as by speech input. This list stays in the settings."
}
