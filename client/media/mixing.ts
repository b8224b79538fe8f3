/** The host's own voice, among those of the guests, which go by their peer ids. */
export const hostVoice = "host"

/**
 * Who hears whom in a mix-minus: everybody all the others, and nobody themselves. While the host talks to one guest
 * alone, only that one hears the host.
 */
export const hears = (listener: string, voice: string, talkingTo: string | null): boolean =>
  listener !== voice && (voice !== hostVoice || talkingTo === null || talkingTo === listener)
