import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import type { IceConfiguration } from "../signaling/Signaling.js"
import type { IceServer } from "./PeerConnections.js"
import { candidateTypesOf } from "./quality/connectionQuality.js"
import type { NetworkVerdict } from "./States.js"
import { preCallTestTimeout } from "./timings.js"

/** The result of a trial. `mapped`: one reached the other at an address that the other did not know to be its own. */
type Crossing = "none" | "crossed" | "mapped"

/** Connects two connections of this page with each other. Resolves once their channel is open. */
const crosses = async (settings: ReadonlyArray<RTCConfiguration>, signal: AbortSignal): Promise<Crossing> => {
  const [one, other] = settings.map((configuration) => new RTCPeerConnection(configuration))
  if (one === undefined || other === undefined) return "none"
  const close = () => {
    one.close()
    other.close()
  }
  signal.addEventListener("abort", close)
  try {
    one.onicecandidate = ({ candidate }) => void other.addIceCandidate(candidate).catch(() => undefined)
    other.onicecandidate = ({ candidate }) => void one.addIceCandidate(candidate).catch(() => undefined)
    const channel = one.createDataChannel("check")
    const opened = new Promise<boolean>((resolve) => {
      channel.onopen = () => resolve(true)
      signal.addEventListener("abort", () => resolve(false))
    })
    await one.setLocalDescription()
    await other.setRemoteDescription(one.localDescription ?? { type: "offer" })
    await other.setLocalDescription()
    await one.setRemoteDescription(other.localDescription ?? { type: "answer" })
    if (!(await opened)) return "none"
    const [, seen] = candidateTypesOf(await one.getStats())
    return seen === "prflx" ? "mapped" : "crossed"
  } finally {
    signal.removeEventListener("abort", close)
    close()
  }
}

const crossingOf = (one: RTCConfiguration, other: RTCConfiguration) =>
  Effect.tryPromise((signal) => crosses([one, other], signal)).pipe(
    Effect.timeoutOption(preCallTestTimeout),
    Effect.map(Option.getOrElse((): Crossing => "none")),
    Effect.orElseSucceed((): Crossing => "none")
  )

/** Every TURN server also tells a caller's address (RFC 8656, section 5), which is all that a direct path needs. */
const stunOnly = (servers: ReadonlyArray<IceServer>): Array<RTCIceServer> => {
  const urls = servers.flatMap((server) => server.urls).filter((url) => !/^turns:|transport=tcp/.test(url))
  return [...new Set(urls.map((url) => url.replace(/^turn:/, "stun:").replace(/\?.*$/, "")))].map((url) => ({
    urls: url
  }))
}

/**
 * The pre-call test: whether calls will work from here. The relay takes the part of a host elsewhere: media that
 * reaches an address of the relay directly from this machine would reach a host's, too. Media that gets there only from
 * the relay always needs it. So does, to most hosts, a network whose outer address towards the relay differs from the
 * one that STUN reported: its NAT's mapping depends on the destination (RFC 4787, 4.1), so the addresses that it offers
 * lead nowhere.
 */
export const runPreCallTest = ({ iceServers, relay }: IceConfiguration): Effect.Effect<NetworkVerdict> => {
  if (!relay) return Effect.succeed("Unknown")
  const throughRelay: RTCConfiguration = {
    iceServers: iceServers.map((server) => ({
      ...server,
      urls: typeof server.urls === "string" ? server.urls : [...server.urls]
    })),
    iceTransportPolicy: "relay"
  }
  return Effect.gen(function* () {
    const relayed = yield* Effect.fork(crossingOf(throughRelay, throughRelay))
    if ((yield* crossingOf(throughRelay, { iceServers: stunOnly(iceServers) })) === "crossed") return "Fine"
    return (yield* Fiber.join(relayed)) === "none" ? "Blocked" : "RelayOnly"
  })
}
