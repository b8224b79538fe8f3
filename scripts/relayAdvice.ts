const adviceForOpenRelay =
  "There is a relay and no HOST_PASSWORD: any stranger may open a room and use the relay, at your cost. Its credentials " +
  "then last half an hour, and TURN_PER_HOUR limits them. Set a password: npx wrangler secret put HOST_PASSWORD --env production"

const adviceIfUnknown =
  "Could not find out whether a relay and a HOST_PASSWORD are set. If there is a relay, set the password: without it any " +
  "stranger may open a room and use the relay, at your cost."

/** The advice for an operator whose deployment has settings and secrets of these names; undefined: unknown. */
export const relayAdvice = (names: ReadonlySet<string> | undefined): string | undefined => {
  if (names === undefined) return adviceIfUnknown
  const relayed = ["TURN_KEY_ID", "TURN_URLS"].some((name) => names.has(name))
  return relayed && !names.has("HOST_PASSWORD") ? adviceForOpenRelay : undefined
}
