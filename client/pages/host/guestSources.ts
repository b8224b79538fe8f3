import { type Source, sourcesOf } from "../../media/recording/segments.js"
import type { GuestView } from "../../rtc/States.js"

/**
 * A guest's voice: played here, mixed for the others, and recorded. Whether the guest is muted or not: one that is taken in
 * and out of the mix loses its first word.
 */
export const voiceOf = ({ stream }: GuestView) => stream?.getAudioTracks()[0] ?? null

/** What can be recorded of a guest now. A camera that is off gives no picture to record. */
export const guestSources = (guest: GuestView): ReadonlyArray<Source> => {
  const { peer, screen, sending, state, stream } = guest
  // Tracks are there before the connection that they come over, which may never stand.
  const stands = state === "Live" || state === "Interrupted"
  return sourcesOf<MediaStreamTrack>(peer.id, peer.name, {
    microphone: stands ? voiceOf(guest) : null,
    camera: (stands && sending.camera && stream?.getVideoTracks()[0]) || null,
    screen: (stands && screen?.getVideoTracks()[0]) || null,
    screenSound: null
  })
}
