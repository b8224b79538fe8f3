/**
 * What a host's page holds of a running session beside the tiles of its guests, and how that changes: plain functions
 * from one record to the next. Nothing here acts: HostCalls does. Changes that hang together are made by the one fiber
 * that takes the inputs, so nothing of them races. From beside it come single ones that cannot wait: a removal, something
 * to be said, an answer that is given up, the end.
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
  /** Sends what is to be said, for as long as the control channel is open. */
  readonly talking: FiberHandle.FiberHandle
  readonly media: Media
}

/** Every key is the id of a guest. */
export interface Session {
  /** At most one connection for each guest. */
  readonly open: HashMap.HashMap<string, Open>
  /** Who is to have an answer that is not delivered yet. */
  readonly answering: HashSet.HashSet<string>
  /** Last over the connections of a guest. Only of guests that have a tile: they go with them. */
  readonly outboxes: HashMap.HashMap<string, Outbox<HostMessage>>
  /** Whom the host has put out: what they send is dropped, for the rest of the session. */
  readonly removed: HashSet.HashSet<string>
  /** The session is over for this page: what comes late finds nothing to do. */
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

/** The answer to this guest is delivered, or nothing comes of it. */
export const answered =
  (guest: string) =>
  (session: Session): Session => ({ ...session, answering: HashSet.remove(session.answering, guest) })

/** No answer is waited for any more. */
export const unawaited = (session: Session): Session => ({ ...session, answering: HashSet.empty() })

/** This comes over the guest's connection now. */
export const brought =
  (guest: string, media: Media) =>
  (session: Session): Session => ({
    ...session,
    open: HashMap.modify(session.open, guest, (open) => ({ ...open, media }))
  })

/** What is to be closed, and the session without it. */
export const hungUp =
  (guest: string) =>
  (session: Session): [Open | undefined, Session] => [
    openOf(session, guest),
    { ...answered(guest)(session), open: HashMap.remove(session.open, guest) }
  ]

/** What is to be said to this guest goes here: made now where there was none. */
export const outboxFor =
  (guest: string, make: () => Outbox<HostMessage>) =>
  (session: Session): [Outbox<HostMessage>, Session] => {
    const outbox = Option.getOrElse(HashMap.get(session.outboxes, guest), make)
    return [outbox, { ...session, outboxes: HashMap.set(session.outboxes, guest, outbox) }]
  }

/** What waits to be said to this guest is dropped. Who was removed stays so. */
export const forgotten =
  (guest: string) =>
  (session: Session): Session => ({ ...session, outboxes: HashMap.remove(session.outboxes, guest) })

/** The host has put this guest out. */
export const removed =
  (guest: string) =>
  (session: Session): Session => ({ ...session, removed: HashSet.add(session.removed, guest) })

/** The session is over for this page. */
export const ended = (session: Session): Session => ({ ...session, over: true })

/** Nobody is talked with any more. */
export const silent = (session: Session): Session => ({ ...session, outboxes: HashMap.empty() })
