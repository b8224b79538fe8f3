export const chat = {
  title: "Chat",
  empty: "Nobody has written anything yet. Everyone in the conference reads what you write here.",
  you: "You",
  /** Beside the name of the host: a role, not a name. */
  hostRole: "Host",
  to: "To",
  everyone: "Everyone",
  only: (name: string) => `${name} alone`,
  hostAlone: "The host alone",
  field: "Message to everyone",
  fieldOnly: (name: string) => `Message to ${name} alone`,
  fieldHost: "Message to the host alone",
  onlyTo: (name: string) => `Only to ${name}`,
  onlyToHost: "Only to the host",
  onlyToYou: "Only to you",
  gone: "Whoever you are writing to has left. Choose who is to read this.",
  goneReader: "Somebody who has left",
  send: "Send",
  sending: "Sending…",
  unsent: "Not sent",
  tooLong: (length: number, max: number) =>
    `A message holds ${max} characters, and this one has ${length}. Send it in parts.`,
  tooMany: "Too many messages wait to be sent. Wait a moment, then send this one.",
  slowed: "Too many messages at once. Those that say “Sending…” go out by themselves, one after the other.",
  over: "You are not in the conference any more. Nothing can be sent.",
  wrote: (from: string, text: string) => `${from} writes: ${text}`,
  wroteToYou: (from: string, text: string) => `${from} writes to you alone: ${text}`
}
