/** Which m-line of a description is what: a voice, a camera, a screen, and the control channel. */
import { kinds, type OutgoingTracks } from "./OutgoingTracks.js"
import type { PeerConnectionEvent } from "./PeerConnections.js"

/** As the first word of an m-line has it. */
export const mediumOf = (kind: keyof OutgoingTracks) => (kind === "audio" ? "audio" : "video")

/**
 * Whether a description has no m-line (RFC 8866, section 5.14) beyond those of a page's offer. For each one that it
 * answers, a browser makes a transceiver and a track.
 */
export const hasOurLines = (sdp: string): boolean => {
  const left: Array<string | undefined> = [...kinds.map(mediumOf), "application"]
  for (const [, medium] of sdp.matchAll(/^m=(\S*)/gm)) {
    const place = left.indexOf(medium)
    if (place < 0) return false
    left.splice(place, 1)
  }
  return true
}

/** The transceivers of an answering side: the first audio, the first video, and the second video is the screen. */
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
 * Says what the tracks are that come. One whose transceiver is none of ours is nothing; so a face has one voice and one
 * picture, whatever the other side sends.
 */
export const makeIncoming = (
  transceivers: () => ReadonlyArray<RTCRtpTransceiver>,
  tell: (event: PeerConnectionEvent) => void
) => {
  const face = new Map<keyof OutgoingTracks, MediaStreamTrack>()
  return ({ track, transceiver }: Pick<RTCTrackEvent, "track" | "transceiver">): void => {
    const [kind] = [...byKind(transceivers())].find(([, ours]) => ours === transceiver) ?? []
    if (kind === undefined) return
    if (kind === "screen") {
      // A host sends it on to others: text has to stay sharp there, too.
      track.contentHint = "detail"
      tell({ _tag: "Screen", stream: new MediaStream([track]) })
    } else {
      face.set(kind, track)
      // A stream of its own each time: who is told the same one again sees no change.
      tell({ _tag: "Stream", stream: new MediaStream([...face.values()]) })
    }
  }
}
