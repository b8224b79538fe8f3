export const chat = {
  title: "Chat",
  empty: "Nobody has written anything yet. Everyone in the conference reads what you write here.",
  you: "You",
  field: "Message to everyone",
  send: "Send",
  wrote: (from: string, text: string) => `${from} writes: ${text}`
}
