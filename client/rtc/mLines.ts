/** Which m-line of a description is what: a voice, a camera, a screen, and the control channel. */
import { kinds, type OutgoingTracks } from "./OutgoingTracks.js"
import type { PeerConnectionEvent } from "./PeerConnections.js"

/** The media type, as the first field of an m-line names it. */
export const mediumOf = (kind: keyof OutgoingTracks) => (kind === "audio" ? "audio" : "video")

/**
 * Whether a description has no m-line (RFC 8866, section 5.14) beyond those of a page's offer: a browser makes a
 * transceiver and a track for each one that it answers.
 */
export const hasOurLines = (sdp: string): boolean => {
  const expected: Array<string | undefined> = [...kinds.map(mediumOf), "application"]
  for (const [, medium] of sdp.matchAll(/^m=(\S*)/gm)) {
    const index = expected.indexOf(medium)
    if (index < 0) return false
    expected.splice(index, 1)
  }
  return true
}

/** The transceivers by kind: the first audio, the first video, and the screen, which is the second video. */
export const byKind = (
  transceivers: ReadonlyArray<RTCRtpTransceiver>
): Map<keyof OutgoingTracks, RTCRtpTransceiver> => {
  const found = new Map<keyof OutgoingTracks, RTCRtpTransceiver>()
  for (const transceiver of transceivers) {
    const kind = transceiver.receiver.track.kind === "audio" ? "audio" : found.has("video") ? "screen" : "video"
    if (!found.has(kind)) found.set(kind, transceiver)
  }
  return found
}

/**
 * Reports incoming tracks as streams. A track of any other transceiver is ignored, so a person has one voice and one
 * picture, whatever the other side sends.
 */
export const makeIncoming = (
  transceivers: () => ReadonlyArray<RTCRtpTransceiver>,
  tell: (event: PeerConnectionEvent) => void
) => {
  const personTracks = new Map<keyof OutgoingTracks, MediaStreamTrack>()
  return ({ track, transceiver }: Pick<RTCTrackEvent, "track" | "transceiver">): void => {
    const [kind] = [...byKind(transceivers())].find(([, ours]) => ours === transceiver) ?? []
    if (kind === undefined) return
    if (kind === "screen") {
      // A host forwards it to others: text has to stay sharp there, too.
      track.contentHint = "detail"
      tell({ _tag: "Screen", stream: new MediaStream([track]) })
    } else {
      personTracks.set(kind, track)
      // A new stream each time: the same one again would not count as a change.
      tell({ _tag: "Stream", stream: new MediaStream([...personTracks.values()]) })
    }
  }
}
