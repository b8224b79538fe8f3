import * as Schema from "effect/Schema"
import { MessageId } from "../api/contract/Ids.js"
import { Messages } from "../api/contract/Messages.js"
import { Accepted, JoinedAsGuest, JoinedAsHost } from "../api/contract/Responses.js"
import { poll, say, secret } from "./caller.js"

/** A request, with the kind by which its cost is listed. */
export interface Step {
  readonly kind: string
  readonly request: Request
}

/** A poll that is held for a second. */
export const heldPoll = "poll held for 1 s"

/** A poll that stores what its peer has read, in a second round trip. */
export const notingPoll = "poll with messages, that notes what was read"

const hostJoined = Schema.decodeUnknownSync(JoinedAsHost)
const guestJoined = Schema.decodeUnknownSync(JoinedAsGuest)
const accepted = Schema.decodeUnknownSync(Schema.Struct({ ...Accepted.fields, id: MessageId }))
const inbox = Schema.decodeUnknownSync(Messages)

const sdp = "v=0\r\n".repeat(600)

/** A meeting of a host and a guest that yields each kind of request once, and expects the answer to each, as JSON. */
export function* meeting(origin: string, room: string): Generator<Step, void, unknown> {
  const [hostToken, guestToken, hostKey] = [secret(), secret(), secret()]
  const hosting = { type: "join", role: "host", token: hostToken, hostKey, room }
  const joining = { type: "join", role: "guest", token: guestToken, room, name: "Ada" }
  const host = hostJoined(yield { kind: "host joins", request: say(origin, undefined, hosting) })
  const guest = guestJoined(yield { kind: "guest joins", request: say(origin, undefined, joining) })
  yield { kind: "guest joins again", request: say(origin, undefined, joining) }

  const [up, down] = [host, guest].map(({ peer }) => ({ to: peer.id, connection: "c1" }))
  const offer = () => {
    const request = say(origin, guestToken, { type: "offer", ...up, sdp })
    request.headers.set("idempotency-key", "once")
    return request
  }
  const { id } = accepted(yield { kind: "offer", request: offer() })
  yield { kind: "the same offer again", request: offer() }
  const candidates = [{ candidate: "candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host", sdpMid: "0" }]
  yield { kind: "candidates", request: say(origin, guestToken, { type: "candidate", ...up, candidates }) }
  yield { kind: "answer", request: say(origin, hostToken, { type: "answer", ...down, sdp }) }

  const { cursor } = inbox(yield { kind: notingPoll, request: poll(origin, hostToken, id - 1) })
  yield { kind: "poll with messages", request: poll(origin, hostToken, id - 1) }
  yield { kind: "idle poll", request: poll(origin, hostToken, cursor) }
  yield { kind: heldPoll, request: poll(origin, hostToken, cursor, 1) }
  const headers = { authorization: `Bearer ${guestToken}` }
  yield { kind: "relay credentials", request: new Request(`${origin}/turn-credentials`, { method: "POST", headers }) }
  yield { kind: "guest goes away", request: say(origin, guestToken, { type: "away" }) }
  yield { kind: "host opens a waiting room", request: say(origin, hostToken, { type: "room", waitingRoom: true }) }
  const late = { type: "join", role: "guest", token: secret(), room }
  const { peer } = guestJoined(yield { kind: "guest joins and waits", request: say(origin, undefined, late) })
  yield { kind: "host admits", request: say(origin, hostToken, { type: "admit", peer: peer.id }) }
  yield { kind: "host removes", request: say(origin, hostToken, { type: "remove", peer: peer.id }) }
  yield { kind: "guest leaves", request: say(origin, guestToken, { type: "leave" }) }
  const [back, afresh] = [secret(), secret()]
  yield { kind: "host resumes", request: say(origin, undefined, { ...hosting, token: back, resume: true }) }
  yield { kind: "host starts afresh", request: say(origin, undefined, { ...hosting, token: afresh }) }
  yield { kind: "host ends the session", request: say(origin, afresh, { type: "leave", end: true }) }
}

/** Goes through meetings in parallel. `ask` gets the requests of one kind, one from each, and returns their answers. */
export const walk = async (
  meetings: ReadonlyArray<Generator<Step, void, unknown>>,
  ask: (kind: string, requests: ReadonlyArray<Request>) => Promise<ReadonlyArray<unknown>>
): Promise<void> => {
  let answers: ReadonlyArray<unknown> = []
  for (;;) {
    const steps = meetings.flatMap((one, index) => {
      const next = one.next(answers[index])
      return next.done === true ? [] : [next.value]
    })
    const [first] = steps
    if (first === undefined) return
    answers = await ask(
      first.kind,
      steps.map(({ request }) => request)
    )
  }
}
