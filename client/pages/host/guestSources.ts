import { type Source, sourcesOf } from "../../media/recording/segments.js"
import type { GuestView } from "../../rtc/States.js"

/**
 * A guest's voice: played here, mixed for the others, and recorded. It stays in the mix while the guest is muted,
 * because adding it again at the unmuting would lose the first word.
 */
export const voiceOf = ({ stream }: GuestView) => stream?.getAudioTracks()[0] ?? null

/** What can be recorded of a guest now. A camera that is off has no picture to record. */
export const guestSources = (guest: GuestView): ReadonlyArray<Source> => {
  const { peer, screen, sending, state, stream } = guest
  // Tracks exist before their connection is established, which may never happen.
  const connected = state === "Live" || state === "Interrupted"
  return sourcesOf<MediaStreamTrack>(peer.id, peer.name, {
    microphone: connected ? voiceOf(guest) : null,
    camera: (connected && sending.camera && stream?.getVideoTracks()[0]) || null,
    screen: (connected && screen?.getVideoTracks()[0]) || null,
    screenSound: null
  })
}
