export const chat = {
  title: "Chat",
  empty: "Noch hat niemand etwas geschrieben. Was du hier schreibst, lesen alle in der Konferenz.",
  you: "Du",
  field: "Nachricht an alle",
  send: "Senden",
  wrote: (from: string, text: string) => `${from} schreibt: ${text}`
}
