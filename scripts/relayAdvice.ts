const open =
  "There is a relay and no HOST_PASSWORD: any stranger may open a room and use the relay, at your cost. Its credentials " +
  "last half an hour there, and TURN_PER_HOUR bounds them. Set a password: npx wrangler secret put HOST_PASSWORD --env production"

const unknown =
  "Whether a relay and a HOST_PASSWORD are set could not be read. Where there is a relay, set the password: without it any " +
  "stranger may open a room and use the relay, at your cost."

/** What to tell an operator who deploys with settings and secrets of these names; undefined: they could not be read. */
export const relayAdvice = (names: ReadonlySet<string> | undefined): string | undefined => {
  if (names === undefined) return unknown
  const relayed = ["TURN_KEY_ID", "TURN_URLS"].some((name) => names.has(name))
  return relayed && !names.has("HOST_PASSWORD") ? open : undefined
}
