/** The guest's part in a session: what a press, and the answers and messages of the service, mean for the call. */
import * as Duration from "effect/Duration"
import type { GuestToken } from "../../signaling/Secrets.js"
import type { JoinedAsGuest, Message } from "../../signaling/Signaling.js"
import type { LastingFailure } from "../../signaling/SignalingErrors.js"
import { mayCall, unanswered } from "../knownClaim.js"
import { refused } from "../refusals.js"
import type { Peer } from "../States.js"
import { joinPressLifetime, throttledPressExtension } from "../timings.js"
import { startOver } from "./ladder.js"
import { andThen, type CallState, end, finish, type Press, show, type Update, update, wait } from "./state.js"

/** Whether the press is recent, not counting the time by which the service itself has put the join off. */
const isFresh = ({ press }: CallState, now: number) =>
  press !== null && now - press.at - press.putOff <= Duration.toMillis(joinPressLifetime)

/** A person presses *Join*, or a reloaded page takes its place again. `steal`: from another tab of this browser. */
export const enter = (
  state: CallState,
  { pressed, steal }: { readonly pressed: boolean; readonly steal: boolean },
  now: number
): Update => takePlace(state, pressed ? { at: now, putOff: 0 } : null, steal)

const takePlace = (state: CallState, press: Press | null, steal: boolean): Update => {
  const known = press !== null && state.known === null ? unanswered : state.known
  return update({ ...state, hasPlace: false, press, known }, { _tag: "TakePlace", steal })
}

/** The service puts a join off by `wait` milliseconds. Any other delay, as a sleep or an outage, extends no press. */
export const receivePutOff = (state: CallState, wait: number): Update => {
  const { press } = state
  if (press === null) return update(state)
  return update({
    ...state,
    press: { ...press, putOff: Math.min(press.putOff + wait, Duration.toMillis(throttledPressExtension)) }
  })
}

/** The browser has given its place to this page, or another tab has it. */
export const receivePlace = (
  state: CallState,
  { isNew, token }: GuestToken,
  hasPlace: boolean,
  now: number
): Update => {
  const next = { ...state, token, isNew, hasPlace }
  return hasPlace ? join(next, now) : update(show(next, { _tag: "Elsewhere" }), { _tag: "DiscardPrepared" })
}

const join = (state: CallState, now: number): Update =>
  update(
    state.connection?.recovery._tag === "Steady" ? state : show(state, { _tag: "Joining", offline: !state.reachable }),
    // Only a recent press calls whoever has the room.
    { _tag: "Join", withOffer: isFresh(state, now) }
  )

/** The service has let this page in. */
export const receiveJoined = (state: CallState, answer: JoinedAsGuest, now: number): Update => {
  // The answer comes late: the place is given up.
  if (!state.hasPlace) return update(state)
  // If the prepared offer did not reach the host, the host is called as soon as there is one.
  const kept = answer.offered === null ? update(state, { _tag: "DiscardPrepared" }) : update(state)
  return andThen(kept, (next) => receiveAnsweredJoin(next, answer, now))
}

/**
 * Whether the session that a press was for has ended: a host was known and nobody holds the room, or the first host was
 * waited for and has come and gone.
 */
const isOver = ({ joined, known }: CallState, { claim, hosting }: JoinedAsGuest) =>
  known === null ? joined?.hosting === "never" && hosting === "ended" : claim === null

/** Why there is nobody to call, by the room's `hosting`. */
const withoutHost = { never: "NeverHosted", claimed: "NotStarted", ended: "SessionOver" } as const

const receiveAnsweredJoin = (state: CallState, answer: JoinedAsGuest, now: number): Update => {
  // If no host has ever been there, a press of any age can only have meant the first to come.
  const meant = isFresh(state, now) || (state.known === unanswered && answer.hosting === "never")
  if (!meant && answer.claim !== null && !mayCall(state.known, answer.claim)) return refuseHost(state)
  if (!meant && isOver(state, answer)) return andThen(update(state, { _tag: "Leave" }), end)
  const { connection, joined } = state
  const next = {
    ...state,
    // A guest who waited for the first host to come knows that host from here on.
    known: meant || state.known === null ? answer.claim : state.known,
    press: null,
    rejoining: false,
    joined: answer,
    cursor: answer.cursor
  }
  if (answer.peer.waiting === true) return wait({ ...next, wasIn: false }, "Admission")
  if (answer.host === null) return wait(next, withoutHost[answer.hosting])
  // An established call in the same session with the same host goes on: media never stops for a poll.
  const same =
    joined?.session === answer.session && joined.peer.id === answer.peer.id && joined.host?.id === answer.host.id
  return same && connection?.recovery._tag === "Steady" ? update(next) : meet(next, answer.host)
}

/** Calls this host, if the guest has consented to it. */
const meet = (state: CallState, host: Peer): Update => {
  if (state.joined === null) return update(state)
  if (!mayCall(state.known, host.claim)) return refuseHost(state)
  return startOver({ ...state, known: host.claim ?? null, joined: { ...state.joined, host }, wasIn: true })
}

/** Nobody gets this guest's camera by claiming the room. */
const refuseHost = (state: CallState): Update =>
  andThen(update(state, { _tag: "Leave" }), (now) => finish(now, { _tag: "AnotherHost" }))

/** A message of the inbox. */
export const receiveMessage = (state: CallState, message: Message): Update => {
  // A poll that was cut short may have brought messages that the next one repeats.
  if (!state.hasPlace || message.id <= state.cursor) return update(state)
  const next = { ...state, cursor: message.id }
  switch (message.type) {
    case "host-joined":
      return meet(next, message.peer)
    case "admitted":
      return meet(next, message.host)
    case "left":
      return wait(next, next.joined?.peer.waiting === true && !next.wasIn ? "Admission" : "HostLeft")
    case "answer":
    case "candidate":
      return update(next, { _tag: "Receive", message })
    default:
      return update(next)
  }
}

/**
 * The room is locked, and may be opened later. Until then this page keeps its browser's place, and asks by itself. It
 * calls only the host whose room was locked when the person pressed, or, if nobody held the room then, the first to
 * come.
 */
const waitOutside = (state: CallState, claim: string | null, now: number): Update => {
  const meant = isFresh(state, now)
  if (!meant && claim !== null && !mayCall(state.known, claim)) return finish(state, { _tag: "AnotherHost" })
  const known = meant || state.known === null ? (claim ?? state.known) : state.known
  const outside = { ...state, known, press: null, rejoining: false }
  return andThen(wait(outside, "RoomLocked"), (next) =>
    update({ ...next, joined: null }, { _tag: "DiscardPrepared" }, { _tag: "JoinLater" })
  )
}

/** A join, a poll or a message has failed for good. */
export const receiveLost = (state: CallState, failure: LastingFailure, now: number): Update => {
  if (!state.hasPlace) return update(state)
  if (failure._tag === "PeerUnknown") {
    // An ended session leaves nothing to come back to.
    if (state.joined === null || state.rejoining) return update(state)
    return andThen(update({ ...state, rejoining: true }, { _tag: "StopPolling" }), (next) => join(next, now))
  }
  if (failure._tag === "RecipientUnknown") return wait(state, "HostLeft")
  if (failure.reason === "Removed") {
    return finish(state, state.wasIn ? refused(failure) : { ...refused(failure), refusal: "NotAdmitted" })
  }
  if (failure.reason === "RoomLocked") return waitOutside(state, failure.claim ?? null, now)
  if (failure.reason !== "SessionEnded") return finish(state, refused(failure))
  // A stored token belongs to an earlier session of this room, and the press is for the present one. But if the service
  // has put the join off, the present session may have ended meanwhile.
  if (!isFresh(state, now) || state.isNew || state.press?.putOff !== 0) return end(state)
  return andThen(update(state, { _tag: "ForgetToken" }), (next) => takePlace(next, state.press, false))
}

/** A person's press: calls the host again, or joins again if the page has lost its place. */
export const retry = (state: CallState, now: number): Update => {
  if (state.joined !== null) return startOver(state)
  const { shown } = state
  const steal = shown._tag === "Elsewhere" || (shown._tag === "Refused" && shown.refusal === "Replaced")
  return enter(state, { pressed: true, steal }, now)
}

/** Another tab of this browser has taken the place. */
export const displace = (state: CallState): Update =>
  finish(state, {
    _tag: "Refused",
    refusal: "Replaced",
    message: "This conference was opened in another tab."
  })
