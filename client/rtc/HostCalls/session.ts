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
export interface OpenConnection {
  readonly connection: Connection
  readonly scope: Scope.CloseableScope
  /** The fiber that sends what waits in the guest's outbox, while the control channel is open. */
  readonly draining: FiberHandle.FiberHandle
  readonly media: Media
}

/** Every key is the id of a guest. */
export interface Session {
  /** The open connections, at most one for each guest. */
  readonly connections: HashMap.HashMap<string, OpenConnection>
  /** Guests whose answer is not delivered yet. */
  readonly answering: HashSet.HashSet<string>
  /** They outlive a guest's connections, and are dropped together with its tile. */
  readonly outboxes: HashMap.HashMap<string, Outbox<HostMessage>>
  /** Guests whom the host has removed: what they send is dropped, for the rest of the session. */
  readonly removed: HashSet.HashSet<string>
  /** The session has ended for this page: late messages are ignored. */
  readonly ended: boolean
}

/** Before the first guest. */
export const fresh: Session = {
  connections: HashMap.empty(),
  answering: HashSet.empty(),
  outboxes: HashMap.empty(),
  removed: HashSet.empty(),
  ended: false
}

/** The open connection of this guest. */
export const connectionOf = ({ connections }: Session, guest: string): OpenConnection | undefined =>
  Option.getOrUndefined(HashMap.get(connections, guest))

/** Adds this guest's open connection, which is to answer the guest's offer. */
export const withConnection =
  (guest: string, open: OpenConnection) =>
  (session: Session): Session => ({
    ...session,
    connections: HashMap.set(session.connections, guest, open),
    answering: HashSet.add(session.answering, guest)
  })

/** Waits no longer for the answer to this guest: it is delivered, or never will be. */
export const withoutAnswer =
  (guest: string) =>
  (session: Session): Session => ({ ...session, answering: HashSet.remove(session.answering, guest) })

/** Waits no longer for any answer. */
export const withoutAnswers = (session: Session): Session => ({ ...session, answering: HashSet.empty() })

/** Sets the media that come over this guest's connection. Changes nothing if none is open. */
export const withMedia =
  (guest: string, media: Media) =>
  (session: Session): Session => ({
    ...session,
    connections: HashMap.modify(session.connections, guest, (open) => ({ ...open, media }))
  })

/** Removes this guest's connection, and returns it, to be closed. */
export const takeConnection =
  (guest: string) =>
  (session: Session): [OpenConnection | undefined, Session] => [
    connectionOf(session, guest),
    { ...withoutAnswer(guest)(session), connections: HashMap.remove(session.connections, guest) }
  ]

/** Returns this guest's outbox, and adds a new one if there is none. */
export const outboxFor =
  (guest: string, make: () => Outbox<HostMessage>) =>
  (session: Session): [Outbox<HostMessage>, Session] => {
    const outbox = Option.getOrElse(HashMap.get(session.outboxes, guest), make)
    return [outbox, { ...session, outboxes: HashMap.set(session.outboxes, guest, outbox) }]
  }

/** Drops this guest's outbox. A removed guest stays removed. */
export const withoutOutbox =
  (guest: string) =>
  (session: Session): Session => ({ ...session, outboxes: HashMap.remove(session.outboxes, guest) })

/** Drops all outboxes. */
export const withoutOutboxes = (session: Session): Session => ({ ...session, outboxes: HashMap.empty() })

/** Marks this guest as removed. */
export const withRemoved =
  (guest: string) =>
  (session: Session): Session => ({ ...session, removed: HashSet.add(session.removed, guest) })

/** Marks the session as ended for this page. */
export const withEnd = (session: Session): Session => ({ ...session, ended: true })
