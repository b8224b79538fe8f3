/** The recovery ladder at work in a call: `recovery.ts` decides, and this changes the call's record accordingly. */
import { type Event, firstTransition, type RecoveryState, type Transition, timeoutOf, transition } from "../recovery.js"
import type { GuestState, Path } from "../States.js"
import {
  andThen,
  type CallState,
  type ConnectionFacts,
  hangUp,
  note,
  type OpenConnection,
  show,
  type Update,
  update
} from "./state.js"

/** The state that the page shows. */
const stateOf = (
  recovery: RecoveryState,
  { hostAway, path }: { readonly hostAway: boolean; readonly path: Path }
): GuestState => {
  if (recovery._tag === "Steady") return { _tag: "Live", path }
  if (recovery._tag === "GivenUp") return { _tag: "Failed", cause: recovery.cause }
  // A person who waits for the host need not see what the page tries meanwhile.
  if (recovery._tag === "HostAway" || hostAway) return { _tag: "Waiting", reason: "HostAway" }
  if (recovery._tag === "Watching") return { _tag: "Recovering", rung: "Watching" }
  return recovery.attempt === "First" ? { _tag: "Connecting" } : { _tag: "Recovering", rung: recovery.attempt }
}

const showAs = (state: CallState, { path, recovery }: OpenConnection): CallState =>
  show(state, stateOf(recovery, { hostAway: state.hostAway, path }))

/** Shows the state of the call. A path that is not known yet is read first. */
export const showRecovery = (state: CallState): Update => {
  const { connection } = state
  if (connection === null) return update(state)
  return connection.recovery._tag === "Steady" && connection.path === "unknown"
    ? update(state, { _tag: "ReadPath" })
    : update(showAs(state, connection))
}

/** The path as the browser reports it, which may not know it yet. */
export const receivePath = (state: CallState, path: Path): Update => {
  const { connection } = state
  return update(connection === null ? state : showAs(note(state, { path }), { ...connection, path }))
}

/** Starts the timeout of the present state. Only the latest timer counts. */
export const startTimer = (state: CallState): Update => {
  const after = state.connection === null ? null : timeoutOf(state.connection.recovery)
  const timer = state.timer + 1
  const next = { ...state, timer }
  return after === null ? update(next, { _tag: "StopTimer" }) : update(next, { _tag: "StartTimer", timer, after })
}
const stopTimer = (state: CallState): Update => update({ ...state, timer: state.timer + 1 }, { _tag: "StopTimer" })

const opened = (recovery: RecoveryState): OpenConnection => ({
  recovery,
  controlOpen: false,
  path: "unknown",
  moving: false,
  incoming: null,
  secondVideo: null,
  screenComes: false,
  quality: null
})

const act = (state: CallState, host: string, { action, state: recovery }: Transition): Update => {
  switch (action) {
    case "Connect":
    case "ConnectByRelay":
      return andThen(hangUp(state), (now) =>
        update(
          { ...now, connection: opened(recovery) },
          { _tag: "Connect", host, relayOnly: action === "ConnectByRelay" }
        )
      )
    case "RestartIce":
      return update(note(state, { recovery }), { _tag: "RestartIce" })
    case "Settle":
      return update(note(state, { recovery, moving: true }), { _tag: "AwaitMove" })
    case "Wait":
      return update(note(state, { recovery }))
  }
}

const climb = (state: CallState, step: Transition): Update => {
  const host = state.joined?.host?.id
  if (host === undefined) return update(state)
  const acted = act(state, host, step)
  // An attempt's timeout starts when its offer is delivered: until then it waits for the service.
  return andThen(andThen(acted, step.action === "Wait" ? startTimer : stopTimer), showRecovery)
}

/** Calls a host that is new or has come back, if there is one. */
export const startOver = (state: CallState): Update => climb({ ...state, hostAway: false }, firstTransition)

/** Something happens to the connection. `facts`: what is known of it now. */
export const happen = (state: CallState, event: Event, facts: ConnectionFacts | null): Update => {
  const { connection, reachable } = state
  if (connection === null || facts === null) return update(state)
  const { recovery } = connection
  const timedOut = event === "TimeUp" && recovery._tag === "Trying" && reachable
  const answered = event === "Answered" || event === "Connected" || event === "Heard"
  const hostAway = timedOut ? !facts.answered : state.hostAway && !answered
  const step = transition(recovery, event, { ...facts, reachable })
  return step === null ? update({ ...state, hostAway }) : climb({ ...state, hostAway }, step)
}

/** The host's page closes, or is gone. Its place is kept, and this page tries to reach it from now on. */
export const loseHost = (state: CallState, facts: ConnectionFacts | null): Update => {
  const away = { ...state, hostAway: true }
  return state.connection?.recovery._tag === "Steady" ? happen(away, "Disconnected", facts) : showRecovery(away)
}

/** A relay drops a call whose credentials expire. A relayed call moves to the new ones before that, unnoticed. */
export const moveToNewRelay = (state: CallState): Update =>
  state.connection?.recovery._tag === "Steady" && state.connection.path === "relay"
    ? update(note(state, { moving: true }), { _tag: "RestartIce" }, { _tag: "AwaitMove" })
    : update(state)
