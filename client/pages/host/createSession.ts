import * as Effect from "effect/Effect"
import { createEffect, createMemo, createSignal, untrack } from "solid-js"
import { createPageHide } from "../../app/createPageHide.js"
import { hostLink, invitation } from "../../app/links.js"
import { callsPart } from "../../app/loadCalls.js"
import type { PartUnloaded } from "../../app/part.js"
import { browserMemory, tabMemory } from "../../browser/memory.js"
import { browserTabLocks } from "../../browser/tabLocks.js"
import { t } from "../../i18n/t.js"
import { cleanName } from "../../rtc/cleanName.js"
import type { HostCallsOptions } from "../../rtc/HostCalls.js"
import type { ShownHostCalls } from "../../rtc/pageCalls.js"
import type { GuestView, HostState } from "../../rtc/States.js"
import { browserSecrets, hostKeyFromFragment } from "../../signaling/Secrets.js"
import { createOpened } from "../../solid/createOpened.js"
import { createRunner } from "../../solid/createRunner.js"
import { fromObservable } from "../../solid/fromObservable.js"
import { keepGuests, readGuests } from "./knownGuests.js"

const nobody: ReadonlyArray<GuestView> = []

/**
 * The key of a private host link, taken out of the address bar before anything else. Null if this browser has it
 * already.
 */
const takeKeyOfLink = (known: string) => {
  const key = hostKeyFromFragment(location.hash)
  if (key !== null) history.replaceState(history.state, "", location.pathname + location.search)
  return key === known ? null : key
}

/** What the rest of the page sends to guests and receives from them. */
export type Talk = Pick<HostCallsOptions, "tracks" | "greeting" | "received">

/**
 * The host's session as signals: its start, its guests, its end. `roomLoaded` ends once
 * the page has loaded what shows the room: no call is opened before that.
 */
export const createSession = (
  room: string | undefined,
  talk: Talk,
  roomLoaded: Effect.Effect<unknown, PartUnloaded>
) => {
  const run = createRunner()
  const readKey = browserSecrets.hostKey(room)

  /** Whoever made a link knows its key, so this browser stores it only if the host agrees. */
  const [keyOffered, setKeyOffered] = createSignal(takeKeyOfLink(Effect.runSync(readKey)))

  /** The tab lock of the one page of this browser that hosts the room. */
  const hostingLock = `hosting:${room ?? ""}`
  const listeningFlag = `listening:${room ?? ""}`
  const [inside, setInside] = createSignal(false)
  const [name, setName] = createSignal(browserMemory.get("name") ?? "")
  /** A reload is on its way back into the room that this tab was hosting. */
  const [returning, setReturning] = createSignal(tabMemory.get(listeningFlag) !== null)
  const [password, setPassword] = createSignal(tabMemory.get("host-password") ?? undefined)
  const [resumes, setResumes] = createSignal(true)
  const opened = createOpened<ShownHostCalls, PartUnloaded>()
  const heldLock = createOpened<void, never>()
  const calls = createMemo(() => {
    const current = opened.current()
    return (
      current && {
        state: fromObservable(current.state),
        guests: fromObservable(current.guests),
        machineShare: fromObservable(current.machineShare)
      }
    )
  })

  const state = createMemo((): HostState => {
    if (!inside()) return returning() ? { _tag: "Starting", offline: false } : { _tag: "Idle" }
    if (opened.failure() !== undefined) return { _tag: "Unloaded" }
    return calls()?.state() ?? { _tag: "Starting", offline: false }
  })

  const guests = () => calls()?.guests() ?? nobody
  const displayName = () => cleanName(name()) || t.host.name()

  createEffect(() => {
    const { _tag } = state()
    if (_tag === "Left" || _tag === "Ended" || _tag === "Refused" || _tag === "Unloaded") heldLock.close()
  })

  // A reload resumes what this tab was hosting, and never takes back a room that another window holds now.
  createEffect(() => {
    const current = state()
    if (current._tag === "Listening") tabMemory.set(listeningFlag, "1")
    if (current._tag === "Left" || current._tag === "Ended") tabMemory.remove(listeningFlag)
    if (current._tag === "Refused" && (current.refusal === "Replaced" || current.refusal === "RoomTaken")) {
      tabMemory.remove(listeningFlag)
    }
  })

  const [passwordAsked, setPasswordAsked] = createSignal(false)
  createEffect(() => {
    const current = state()
    if (current._tag === "Refused" && current.refusal === "HostPasswordWrong") setPasswordAsked(true)
    if (current._tag === "Listening") setPasswordAsked(false)
  })

  createEffect(() => {
    if (state()._tag !== "Starting") setReturning(false)
  })

  // The service lists everybody whom it has seen in the last minutes. This page knows better who is away, and by what
  // name.
  const guestsKey = `guests:${room ?? ""}`
  const kept = createMemo(() => keepGuests(guests()))
  createEffect(() => {
    if (state()._tag === "Listening") tabMemory.set(guestsKey, kept())
  })

  const open = (resume: boolean) => {
    const known = readGuests(tabMemory.get(guestsKey))
    const own = cleanName(untrack(name))
    browserMemory.set("name", own)
    setResumes(resume)
    setInside(true)
    heldLock.open(browserTabLocks.takeOver(hostingLock))
    opened.open(
      Effect.gen(function* () {
        const { openHostCalls } = yield* callsPart.loaded
        yield* roomLoaded
        const hostKey = yield* readKey
        return yield* openHostCalls({
          room,
          name: own === "" ? undefined : own,
          called: displayName(),
          resume,
          known,
          hostPassword: password(),
          hostKey,
          ...talk
        })
      })
    )
  }

  createPageHide({
    hidden: () => {
      const current = opened.current()
      if (current !== undefined) run(current.sayAway)
    }
  })

  /** Two windows of one browser hold the same key, so the host is asked before the second one takes over. */
  const [takeOverAsked, setTakeOverAsked] = createSignal(false)
  const openUnless = (taken: Effect.Effect<boolean>) =>
    run(
      Effect.map(taken, (elsewhere) => {
        if (!elsewhere) return open(true)
        setReturning(false)
        setTakeOverAsked(true)
      })
    )

  /** A reloaded page finds its own previous lock for a moment; a copied tab finds the original's. */
  const takenByAnother = Effect.scoped(Effect.negate(browserTabLocks.take(hostingLock)))
  if (returning()) openUnless(takenByAnother)

  return {
    state,
    guests,
    /** The share of the wanted work that this machine can do; less than 1: the machine is overloaded. */
    machineShare: () => calls()?.machineShare() ?? Number.POSITIVE_INFINITY,
    /** The host's name as typed. Empty: the host has none. */
    name,
    setName,
    /** The host's name as everybody sees it. */
    called: displayName,
    returning,
    /** Asks something of the calls, while there are any. */
    ask: (want: (calls: ShownHostCalls) => Effect.Effect<unknown>) => {
      const current = untrack(opened.current)
      if (current !== undefined) run(want(current))
    },
    invitation: invitation(location.origin, room),
    /** Read when it is copied: it is a secret, and is nowhere on the page. */
    hostLink: () => hostLink(location.origin, room, Effect.runSync(readKey)),
    /** Resumes a session that is still there, and claims a room that is free. */
    start: () => openUnless(browserTabLocks.isTaken(hostingLock)),
    /** Ends the present session, and begins another. */
    afresh: () => open(false),
    takeOver: () => {
      setTakeOverAsked(false)
      open(true)
    },
    takeOverAsked,
    dismissTakeOver: () => setTakeOverAsked(false),
    again: () => open(resumes()),
    keyOffered: () => keyOffered() !== null,
    refuseKey: () => setKeyOffered(null),
    acceptKey: () => {
      const key = keyOffered()
      setKeyOffered(null)
      if (key !== null) Effect.runSync(browserSecrets.keepHostKey(room, key))
    },
    hasPassword: () => password() !== undefined,
    passwordAsked,
    askPassword: () => setPasswordAsked(true),
    dismissPassword: () => setPasswordAsked(false),
    givePassword: (given: string) => {
      setPasswordAsked(false)
      setPassword(given)
      tabMemory.set("host-password", given)
      open(resumes())
    },
    /** Keeps the room: guests wait. */
    leave: () => {
      const current = opened.current()
      if (current !== undefined) run(current.leave)
    },
    /** Ends the session for all, and frees the room. */
    end: () => {
      const current = opened.current()
      if (current !== undefined) run(current.end)
    }
  } as const
}

export type SessionModel = ReturnType<typeof createSession>
