import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiMiddleware from "@effect/platform/HttpApiMiddleware"
import * as HttpApiSecurity from "@effect/platform/HttpApiSecurity"
import * as OpenApi from "@effect/platform/OpenApi"
import * as Context from "effect/Context"
import * as Schema from "effect/Schema"
import { document } from "./Document.js"
import {
  BodyTooLarge,
  HostPasswordWrong,
  InboxFull,
  NotAllowed,
  PeerUnknown,
  RecipientUnknown,
  Removed,
  RoomFull,
  RoomLocked,
  RoomTaken,
  SessionEnded,
  StorageUnavailable,
  TooManyRequests,
  UnsupportedMediaType
} from "./Errors.js"
import { optional } from "./fields.js"
import { IceConfiguration } from "./Ice.js"
import { IdempotencyKey, type PeerToken, RoomId } from "./Ids.js"
import { Messages, Poll } from "./Messages.js"
import { SignalingRequest } from "./Requests.js"
import { SignalingResponse } from "./Responses.js"

/** The token of the caller, from `Authorization: Bearer`. */
export class CallerToken extends Context.Tag("CallerToken")<CallerToken, PeerToken>() {}

/** `Authorization: Bearer <peer token>`. A malformed token is answered as an unknown one. */
export class PeerAuth extends HttpApiMiddleware.Tag<PeerAuth>()("PeerAuth", {
  failure: PeerUnknown,
  provides: CallerToken,
  security: {
    peerToken: HttpApiSecurity.bearer.pipe(
      HttpApiSecurity.annotate(OpenApi.Description, "The peer token that the caller made at its join.")
    )
  }
}) {}

const signal = HttpApiEndpoint.post("signal", "/signaling")
  .setHeaders(Schema.Struct({ "idempotency-key": optional(IdempotencyKey) }))
  .setPayload(SignalingRequest)
  .addSuccess(SignalingResponse)
  .addError(PeerUnknown)
  .addError(HostPasswordWrong)
  .addError(NotAllowed)
  .addError(RoomLocked)
  .addError(Removed)
  .addError(RecipientUnknown)
  .addError(RoomTaken)
  .addError(SessionEnded)
  .addError(RoomFull)
  .addError(BodyTooLarge)
  .addError(UnsupportedMediaType)
  .addError(TooManyRequests)
  .addError(InboxFull)
  .addError(StorageUnavailable)
  .annotateContext(
    OpenApi.annotations({
      identifier: "signal",
      summary: "Join, offer, answer, send candidates, go away, leave, moderate",
      description:
        "What the request does depends on its `type`. A join makes the caller a peer and needs no header. All others need the peer token as `Authorization: Bearer`. Every request can be repeated safely: a join by its token, a message by its `Idempotency-Key`.",
      // `{}` makes the token optional: a join needs none, and OpenAPI cannot let this depend on the body's `type`.
      transform: (operation) => ({ ...operation, security: [{ peerToken: [] }, {}] })
    })
  )

const messages = HttpApiEndpoint.get("messages", "/messages")
  .setUrlParams(Poll)
  .addSuccess(Messages)
  .addError(SessionEnded)
  .addError(TooManyRequests)
  .addError(StorageUnavailable)
  .middleware(PeerAuth)
  .annotateContext(
    OpenApi.annotations({
      identifier: "messages",
      summary: "Read the caller's inbox",
      description:
        "The messages after the cursor, oldest first. With `wait`, an empty answer is held until a message arrives or the time is up. Reading changes nothing: the same `after` returns the same messages until they expire. Messages up to the latest cursor that was polled with may be deleted once they are 2 minutes old. A newer message about a guest's coming or going may replace older ones. A held poll answers 401 at once if a host's join starts a fresh session, if another page of the host takes the caller's place, or if the host removes the caller. It answers 410 at once if the session is ended. If the caller or its session expires (`PEER_TTL`), that answer comes with the next poll at the latest."
    })
  )

const credentials = HttpApiEndpoint.post("turnCredentials", "/turn-credentials")
  .addSuccess(IceConfiguration)
  .addError(SessionEnded)
  .addError(TooManyRequests)
  .addError(StorageUnavailable)
  .middleware(PeerAuth)
  .annotateContext(
    OpenApi.annotations({
      identifier: "turnCredentials",
      summary: "ICE servers with credentials for this peer",
      description: "STUN servers and, if the deployment has a relay, TURN servers with credentials that expire."
    })
  )

const trial = HttpApiEndpoint.post("turnTrial", "/turn-credentials/trial")
  .setPayload(
    Schema.Struct({ room: optional(RoomId) }).annotations({
      identifier: "TurnTrial",
      description: "The room that the caller is about to join. If omitted, the deployment's default room.",
      examples: [{}]
    })
  )
  .addSuccess(IceConfiguration)
  .addError(BodyTooLarge)
  .addError(UnsupportedMediaType)
  .addError(TooManyRequests)
  .addError(StorageUnavailable)
  .annotateContext(
    OpenApi.annotations({
      identifier: "turnTrial",
      summary: "ICE servers for a network test before a join",
      description:
        "Credentials for 5 minutes if the room has a host, no waiting room and no lock, so that a caller can test before a join whether calls work. Otherwise there is only STUN, and `relay` is false. Needs no header."
    })
  )

const health = HttpApiEndpoint.get("health", "/health")
  .addSuccess(
    Schema.Struct({ status: Schema.Literal("ok") }).annotations({
      identifier: "Health",
      description: "The service and its database answer, and the database has every migration that the service needs."
    })
  )
  .addError(StorageUnavailable)
  .annotateContext(
    OpenApi.annotations({
      identifier: "health",
      summary: "Is the service up",
      description: "Checks the database, at most once a second. `StorageUnavailable` names what is missing."
    })
  )

const group = <const Name extends string>(name: Name, description: string) =>
  HttpApiGroup.make(name, { topLevel: false }).annotateContext(OpenApi.annotations({ title: name, description }))

/** What goes over the wire, and the only source of the OpenAPI document. */
export const Api = HttpApi.make("Conference")
  .add(
    group("Signaling", "How peers find each other: joins, offers, answers, candidates, inboxes.")
      .add(signal)
      .add(messages)
  )
  .add(group("Turn", "What a call needs to cross networks.").add(credentials).add(trial))
  .add(group("Health", "For monitors.").add(health))
  .annotateContext(document)
