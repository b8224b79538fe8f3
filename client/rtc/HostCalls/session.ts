/**
 * What a host's page knows of a running session besides the tiles of its guests, and its changes: plain functions from
 * one record to the next. Nothing here acts: HostCalls does. Related changes are made by the one fiber that takes the
 * inputs, so they do not race. Other fibers make only single changes that cannot wait: a removal, a message to send, an
 * answer that is given up, the end.
 */
import type * as FiberHandle from "effect/FiberHandle"
import * as HashMap from "effect/HashMap"
import * as HashSet from "effect/HashSet"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import type { Connection } from "../Connection.js"
import type { HostMessage } from "../control.js"
import type { Outbox } from "../Outbox.js"
import type { Media } from "./tiles.js"

/** A connection that is open. Closing the scope closes it. */
export interface Open {
  readonly connection: Connection
  readonly scope: Scope.CloseableScope
  /** Sends waiting messages, for as long as the control channel is open. */
  readonly talking: FiberHandle.FiberHandle
  readonly media: Media
}

/** Every key is the id of a guest. */
export interface Session {
  /** At most one connection for each guest. */
  readonly open: HashMap.HashMap<string, Open>
  /** Guests whose answer is not delivered yet. */
  readonly answering: HashSet.HashSet<string>
  /** They outlive a guest's connections, and are dropped together with its tile. */
  readonly outboxes: HashMap.HashMap<string, Outbox<HostMessage>>
  /** Guests whom the host has removed: what they send is dropped, for the rest of the session. */
  readonly removed: HashSet.HashSet<string>
  /** The session is over for this page: late messages are ignored. */
  readonly over: boolean
}

/** Before the first guest. */
export const fresh: Session = {
  open: HashMap.empty(),
  answering: HashSet.empty(),
  outboxes: HashMap.empty(),
  removed: HashSet.empty(),
  over: false
}

/** The open connection of this guest. */
export const openOf = ({ open }: Session, guest: string): Open | undefined =>
  Option.getOrUndefined(HashMap.get(open, guest))

/** A connection of this guest is open, and is to answer its offer. */
export const opened =
  (guest: string, open: Open) =>
  (session: Session): Session => ({
    ...session,
    open: HashMap.set(session.open, guest, open),
    answering: HashSet.add(session.answering, guest)
  })

/** The answer to this guest is delivered, or never will be. */
export const answered =
  (guest: string) =>
  (session: Session): Session => ({ ...session, answering: HashSet.remove(session.answering, guest) })

/** No answer is waited for any more. */
export const unawaited = (session: Session): Session => ({ ...session, answering: HashSet.empty() })

/** The guest's connection brings this media now. */
export const brought =
  (guest: string, media: Media) =>
  (session: Session): Session => ({
    ...session,
    open: HashMap.modify(session.open, guest, (open) => ({ ...open, media }))
  })

/** Returns the connection to close, and the session without it. */
export const hungUp =
  (guest: string) =>
  (session: Session): [Open | undefined, Session] => [
    openOf(session, guest),
    { ...answered(guest)(session), open: HashMap.remove(session.open, guest) }
  ]

/** The outbox of this guest, made now if there was none. */
export const outboxFor =
  (guest: string, make: () => Outbox<HostMessage>) =>
  (session: Session): [Outbox<HostMessage>, Session] => {
    const outbox = Option.getOrElse(HashMap.get(session.outboxes, guest), make)
    return [outbox, { ...session, outboxes: HashMap.set(session.outboxes, guest, outbox) }]
  }

/** Drops the outbox of this guest. One who was removed stays so. */
export const forgotten =
  (guest: string) =>
  (session: Session): Session => ({ ...session, outboxes: HashMap.remove(session.outboxes, guest) })

/** The host has removed this guest. */
export const removed =
  (guest: string) =>
  (session: Session): Session => ({ ...session, removed: HashSet.add(session.removed, guest) })

/** The session is over for this page. */
export const ended = (session: Session): Session => ({ ...session, over: true })

/** All outboxes are dropped. */
export const silent = (session: Session): Session => ({ ...session, outboxes: HashMap.empty() })
