import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import * as Ref from "effect/Ref"
import { isReachable } from "./candidates.js"
import { dropFloods } from "./dropFloods.js"
import { onNewPath } from "./keyFrame.js"
import { byKind, hasOurLines, makeIncoming, mediumOf } from "./mLines.js"
import { kinds, type OutgoingTracks } from "./OutgoingTracks.js"
import {
  DescriptionUnusable,
  type PeerConnection,
  type PeerConnectionEvent,
  type PeerConnectionSettings,
  PeerConnections
} from "./PeerConnections.js"
import { offered, sharpest } from "./quality/codecs.js"
import { makeEncoders } from "./quality/encoders.js"
import { savesPowerByH264 } from "./quality/hardware.js"
import { sendText } from "./sendText.js"
import { inStereo } from "./stereo.js"

const unusable = (cause: unknown) =>
  new DescriptionUnusable({ message: cause instanceof Error ? cause.message : String(cause) })

const toServers = (servers: PeerConnectionSettings["iceServers"]): Array<RTCIceServer> =>
  servers.map(({ urls, ...rest }) => ({ ...rest, urls: typeof urls === "string" ? urls : [...urls] }))

const isFirefox = () => navigator.userAgent.includes("Firefox/")

/**
 * Chooses the codecs that the offer names. Browsers that know no choice, or refuse this one, offer all that they have.
 * So does Firefox: with a choice its guests did not get connected (tried with 153, and a host with Chromium).
 */
const chooseCodecs = (transceiver: RTCRtpTransceiver, kind: keyof OutgoingTracks, prefersH264: boolean) => {
  if (isFirefox()) return
  const medium = mediumOf(kind)
  const receives = RTCRtpReceiver.getCapabilities?.(medium)?.codecs ?? []
  const sends = RTCRtpSender.getCapabilities?.(medium)?.codecs ?? []
  const codecs = offered(kind, { receives, sends }, prefersH264)
  try {
    if (codecs !== null) transceiver.setCodecPreferences?.([...codecs])
  } catch {
    // The browser keeps its own choice.
  }
}

const isUsable = (server: RTCIceServer): boolean => {
  try {
    new RTCPeerConnection({ iceServers: [server] }).close()
    return true
  } catch {
    return false
  }
}

/** Firefox throws for a server on a port that it blocks: that server is left out. */
const construct = (configuration: RTCConfiguration): RTCPeerConnection => {
  try {
    return new RTCPeerConnection(configuration)
  } catch {
    return new RTCPeerConnection({ ...configuration, iceServers: configuration.iceServers?.filter(isUsable) ?? [] })
  }
}

/** What all connections of a page have in common. */
interface Common {
  readonly certificate: RTCCertificate | null
  readonly prefersH264: boolean
}

const open = (settings: PeerConnectionSettings, { certificate, prefersH264 }: Common) => {
  const peer = construct({
    ...(certificate === null ? {} : { certificates: [certificate] }),
    iceServers: toServers(settings.iceServers),
    iceTransportPolicy: settings.relayOnly ? "relay" : "all",
    bundlePolicy: "max-bundle"
  })
  const events = Effect.runSync(Queue.unbounded<PeerConnectionEvent>())
  const tell = (event: PeerConnectionEvent) => Queue.unsafeOffer(events, event)
  const tracks = { ...settings.tracks }
  // The receiver synchronises audio and video of one stream (RFC 8834, 4.1); the screen has no stream.
  const personStream = new MediaStream()
  const control = peer.createDataChannel("control", { negotiated: true, id: 0 })

  control.onopen = () => tell({ _tag: "Control", open: true })
  control.onclose = () => tell({ _tag: "Control", open: false })
  const receive = dropFloods(
    (text) => tell({ _tag: "ControlText", text }),
    () => control.close()
  )
  control.onmessage = ({ data }: MessageEvent<unknown>) => receive(data)
  peer.onicecandidate = ({ candidate }) => {
    // In some browsers an empty candidate ends one generation; the null that follows ends them all.
    if (candidate === null) return void tell({ _tag: "Candidate", candidate: null })
    if (candidate.candidate !== "" && isReachable(candidate.candidate))
      tell({ _tag: "Candidate", candidate: candidate.toJSON() })
  }
  peer.onconnectionstatechange = () => {
    if (peer.connectionState === "connected") onNewPath(peer, refresh)
    tell({ _tag: "State", state: peer.connectionState })
  }
  peer.ontrack = makeIncoming(() => peer.getTransceivers(), tell)

  // Firefox takes four times as long for a frame of text in AV1 as in VP8 (tried with 153).
  const screenCodec = isFirefox() ? () => undefined : sharpest<RTCRtpCodec>
  const encoders = makeEncoders((kind) => byKind(peer.getTransceivers()).get(kind)?.sender, screenCodec)

  /** A browser that refuses the changed description gets its own back, and sends mono. */
  const applyLocal = async (original: RTCSessionDescriptionInit) => {
    const { sdp = "", type } = original
    try {
      await peer.setLocalDescription({ type, sdp: inStereo(sdp) })
    } catch {
      await peer.setLocalDescription(original)
    }
    return peer.localDescription?.sdp ?? ""
  }

  const refresh = () =>
    void Effect.runFork(Effect.ignoreLogged(Effect.tryPromise({ try: encoders.sendKeyFrames, catch: unusable })))

  const setTrack = async (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) => {
    tracks[kind] = track
    await byKind(peer.getTransceivers()).get(kind)?.sender.replaceTrack(track)
    await encoders.tell()
  }

  const connection: PeerConnection = {
    events,
    offer: ({ iceRestart }) =>
      Effect.tryPromise({
        try: async () => {
          if (peer.getTransceivers().length === 0) {
            for (const kind of kinds) {
              const transceiver = peer.addTransceiver(mediumOf(kind), {
                direction: "sendrecv",
                streams: kind === "screen" ? [] : [personStream]
              })
              chooseCodecs(transceiver, kind, prefersH264)
              await transceiver.sender.replaceTrack(tracks[kind])
            }
          }
          return applyLocal(await peer.createOffer({ iceRestart }))
        },
        catch: unusable
      }),
    answer: (offer) =>
      Effect.tryPromise({
        try: async () => {
          if (!hasOurLines(offer)) throw new Error("The offer has m-lines that no page's offer has.")
          await peer.setRemoteDescription({ type: "offer", sdp: offer })
          for (const [kind, transceiver] of byKind(peer.getTransceivers())) {
            transceiver.direction = "sendrecv"
            if (kind !== "screen") transceiver.sender.setStreams?.(personStream)
            await transceiver.sender.replaceTrack(tracks[kind])
          }
          const answer = await applyLocal(await peer.createAnswer())
          await encoders.tell()
          return answer
        },
        catch: unusable
      }),
    applyAnswer: (answer) =>
      Effect.tryPromise({
        try: async () => {
          await peer.setRemoteDescription({ type: "answer", sdp: answer })
          await encoders.tell()
        },
        catch: unusable
      }),
    addCandidate: (candidate) =>
      Effect.ignoreLogged(Effect.tryPromise({ try: () => peer.addIceCandidate(candidate), catch: unusable })),
    setTrack: (kind, track) =>
      Effect.ignoreLogged(Effect.tryPromise({ try: () => setTrack(kind, track), catch: unusable })),
    setIceServers: (servers) =>
      Effect.ignoreLogged(
        Effect.try({
          try: () => peer.setConfiguration({ ...peer.getConfiguration(), iceServers: toServers(servers) }),
          catch: unusable
        })
      ),
    sendControl: (text) => sendText(control, text),
    setLimits: (limits) =>
      Effect.ignoreLogged(Effect.tryPromise({ try: () => encoders.setLimits(limits), catch: unusable })),
    statistics: Effect.tryPromise({
      try: async () => ({
        report: await peer.getStats(),
        camera: byKind(peer.getTransceivers()).get("video")?.mid ?? null
      }),
      catch: unusable
    }).pipe(Effect.orElseSucceed(() => null))
  }
  return { peer, connection }
}

/** The key that browsers generate by default (RFC 8827, section 6.5). */
const algorithm: EcKeyGenParams = { name: "ECDSA", namedCurve: "P-256" }
/** One for all connections of a page, made before the first, valid for a month. Null: each connection makes its own. */
const makeCertificate = Effect.tryPromise(() => RTCPeerConnection.generateCertificate(algorithm)).pipe(
  Effect.tapError((failure) => Effect.logDebug("Each connection makes a certificate of its own.", failure)),
  Effect.orElseSucceed(() => null)
)

/** The browser's own WebRTC. */
export const BrowserPeerConnections = Layer.scoped(
  PeerConnections,
  Effect.gen(function* () {
    const certificate = yield* Effect.forkScoped(makeCertificate)
    // Not awaited, because it is known long before a page's first offer. An earlier offer has the browser's order.
    const prefersH264 = yield* Ref.make(false)
    const known = savesPowerByH264((configuration) => navigator.mediaCapabilities.encodingInfo(configuration))
    yield* Effect.forkScoped(Effect.flatMap(known, (saves) => Ref.set(prefersH264, saves)))
    const common = Effect.all({
      certificate: Effect.flatten(Fiber.await(certificate)),
      prefersH264: Ref.get(prefersH264)
    })
    return {
      make: (settings) =>
        Effect.flatMap(common, (settled) =>
          Effect.acquireRelease(
            Effect.sync(() => open(settings, settled)),
            ({ peer }) => Effect.sync(() => peer.close())
          )
        ).pipe(Effect.map(({ connection }) => connection))
    }
  })
)
