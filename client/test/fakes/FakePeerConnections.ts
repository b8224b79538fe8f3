/** WebRTC without a browser or a network. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import type { OutgoingTracks } from "../../rtc/OutgoingTracks.js"
import {
  DescriptionUnusable,
  type PeerConnection,
  type PeerConnectionEvent,
  type PeerConnectionSettings,
  PeerConnections
} from "../../rtc/PeerConnections.js"
import type { Pictures } from "../../rtc/quality/budget.js"
import type { Limits } from "../../rtc/quality/encoderLimits.js"
import type { Statistics } from "../../rtc/quality/statistics.js"

/** One fake connection, and what was done to it. */
export interface FakePeerConnection extends PeerConnection {
  readonly settings: PeerConnectionSettings
  readonly tracks: OutgoingTracks
  readonly iceRestarts: number
  readonly closed: boolean
  /** The encoders' latest limits. */
  readonly limits: Pictures<Limits> | null
  /** Sets the path that the statistics report: direct, or through a relay. */
  readonly relayed: (relayed: boolean) => void
  /** From now on the statistics report that its encoder has no time. */
  readonly strain: () => void
  /** Its present ICE servers. */
  readonly iceServers: PeerConnectionSettings["iceServers"]
  /** Emits an event as the browser would. */
  readonly emit: (event: PeerConnectionEvent) => Effect.Effect<void>
}

/** The network that all fake connections share. */
export class FakeNetwork extends Context.Tag("FakeNetwork")<
  FakeNetwork,
  {
    /** Every connection made, oldest first. */
    readonly made: ReadonlyArray<FakePeerConnection>
    /** Whether paths open from now on. */
    readonly carry: (works: boolean) => Effect.Effect<void>
    /** From now on packets are counted, and lost or not. ICE notices that late: no connection reports it. */
    readonly lose: (lost: boolean) => Effect.Effect<void>
  }
>() {}

/**
 * Statistics of a connection whose local candidate is of this type, and which has received this much, if that is
 * counted. Its encoder makes a frame between two reports, and has time for more or has not.
 */
const reportOf = (
  candidateType: "host" | "relay",
  bytesReceived: number | null,
  framesEncoded: number,
  qualityLimitationReason: "none" | "cpu"
): Statistics["report"] =>
  new Map(
    [
      { id: "o", type: "outbound-rtp", framesEncoded, qualityLimitationReason },
      { id: "t", type: "transport", selectedCandidatePairId: "p" },
      { id: "p", type: "candidate-pair", localCandidateId: "l", remoteCandidateId: "r", bytesReceived },
      { id: "l", type: "local-candidate", candidateType },
      { id: "r", type: "remote-candidate", candidateType: "host" }
    ].map((entry) => [entry.id, entry])
  )

const description = /^fake (\d+)$/

/** Two fakes connect once each has the other's description and a candidate of it, while the network works. */
export const FakePeerConnections = Layer.effectContext(
  Effect.sync(() => {
    const ends: Array<End> = []
    let carries = true
    let loses: boolean | null = null

    class End {
      readonly events = Effect.runSync(Queue.unbounded<PeerConnectionEvent>())
      readonly tracks: { -readonly [Kind in keyof OutgoingTracks]: OutgoingTracks[Kind] }
      iceRestarts = 0
      closed = false
      remote: number | null = null
      candidates = 0
      up = false
      limits: Pictures<Limits> | null = null
      type: "host" | "relay" = "host"
      received = 0
      encoded = 0
      limitation: "none" | "cpu" = "none"
      iceServers: PeerConnectionSettings["iceServers"]
      /** Something comes between two samples, as the mixer's voice always does. */
      readonly statistics = Effect.sync(() => {
        if (this.up && loses === false) this.received++
        const received = loses === null ? null : this.received
        return { report: reportOf(this.type, received, ++this.encoded, this.limitation), camera: null }
      })

      constructor(
        readonly index: number,
        readonly settings: PeerConnectionSettings
      ) {
        this.tracks = { ...settings.tracks }
        this.iceServers = settings.iceServers
      }

      tell(event: PeerConnectionEvent) {
        Queue.unsafeOffer(this.events, event)
      }

      describe() {
        this.tell({
          _tag: "Candidate",
          candidate: { candidate: `candidate:1 1 udp 1 192.0.2.${this.index} 9 typ host` }
        })
        this.tell({ _tag: "Candidate", candidate: null })
        return `fake ${this.index}`
      }

      other() {
        const other = this.remote === null ? undefined : ends[this.remote]
        return other?.remote === this.index && !other.closed ? other : undefined
      }

      settle() {
        const other = this.other()
        if (!carries || other === undefined || this.candidates === 0 || other.candidates === 0) return
        for (const end of [this, other]) {
          if (end.up) continue
          end.up = true
          end.tell({ _tag: "State", state: "connected" })
          end.tell({ _tag: "Control", open: true })
        }
      }

      take(sdp: string) {
        const found = description.exec(sdp)?.[1]
        if (found === undefined) return Effect.fail(new DescriptionUnusable({ message: "No fake made this." }))
        this.remote = Number(found)
        this.settle()
        return Effect.void
      }

      emit = (event: PeerConnectionEvent) => Effect.sync(() => this.tell(event))
      offer = ({ iceRestart }: { readonly iceRestart: boolean }) =>
        Effect.sync(() => {
          if (iceRestart) {
            this.iceRestarts++
            this.up = false
          }
          return this.describe()
        })
      answer = (offer: string) =>
        Effect.zipRight(
          this.take(offer),
          Effect.sync(() => this.describe())
        )
      applyAnswer = (answer: string) => this.take(answer)
      addCandidate = () =>
        Effect.sync(() => {
          this.candidates++
          this.settle()
        })
      setTrack = (kind: keyof OutgoingTracks, track: MediaStreamTrack | null) =>
        Effect.sync(() => {
          this.tracks[kind] = track
        })
      relayed = (relayed: boolean) => {
        this.type = relayed ? "relay" : "host"
      }
      strain = () => {
        this.limitation = "cpu"
      }
      setIceServers = (servers: PeerConnectionSettings["iceServers"]) =>
        Effect.sync(() => {
          this.iceServers = servers
        })
      sendControl = (text: string) =>
        Effect.sync(() => {
          if (this.up) this.other()?.tell({ _tag: "ControlText", text })
          return this.up
        })
      setLimits = (limits: Pictures<Limits>) =>
        Effect.sync(() => {
          this.limits = limits
        })

      close() {
        this.closed = true
        const other = this.remote === null ? undefined : ends[this.remote]
        if (!this.up || other === undefined || other.closed) return
        other.up = false
        other.tell({ _tag: "Control", open: false })
        other.tell({ _tag: "State", state: "disconnected" })
      }
    }

    return Context.make(PeerConnections, {
      make: (settings) =>
        Effect.acquireRelease(
          Effect.sync((): PeerConnection => {
            const end = new End(ends.length, settings)
            ends.push(end)
            return end
          }),
          (end) => Effect.sync(() => ends.find((known) => known === end)?.close())
        )
    }).pipe(
      Context.add(FakeNetwork, {
        made: ends,
        lose: (lost) =>
          Effect.sync(() => {
            loses = lost
          }),
        carry: (works) =>
          Effect.sync(() => {
            carries = works
            for (const end of ends.filter((open) => !open.closed)) {
              if (works) end.settle()
              else if (end.up) {
                end.up = false
                end.tell({ _tag: "State", state: "disconnected" })
              }
            }
          })
      })
    )
  })
)
