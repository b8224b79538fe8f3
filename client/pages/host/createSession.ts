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
 * The key of a private host address, taken out of the address bar before anything else. Null where this browser has it
 * already.
 */
const takeKeyOfLink = (known: string) => {
  const key = hostKeyFromFragment(location.hash)
  if (key !== null) history.replaceState(history.state, "", location.pathname + location.search)
  return key === known ? null : key
}

/** What the rest of the page gives to its guests and hears of them. */
export type Talk = Pick<HostCallsOptions, "tracks" | "greeting" | "received">

/**
 * The host's session as signals: its start, its guests, its end. `shown` is what the page loads to show the room: no call
 * is opened before it.
 */
export const createSession = (room: string | undefined, talk: Talk, shown: Effect.Effect<unknown, PartUnloaded>) => {
  const run = createRunner()
  const readKey = browserSecrets.hostKey(room)

  /** Whoever made a link knows its key: it comes into this browser only where the host says so. */
  const [keyOffered, setKeyOffered] = createSignal(takeKeyOfLink(Effect.runSync(readKey)))

  /** Held by the one page of this browser that hosts the room. */
  const claim = `hosting:${room ?? ""}`
  const listeningFlag = `listening:${room ?? ""}`
  const [inside, setInside] = createSignal(false)
  const [name, setName] = createSignal(browserMemory.get("name") ?? "")
  /** A reload is on its way back into the room that this tab was hosting. */
  const [returning, setReturning] = createSignal(tabMemory.get(listeningFlag) !== null)
  const [password, setPassword] = createSignal(tabMemory.get("host-password") ?? undefined)
  const [resumes, setResumes] = createSignal(true)
  const opened = createOpened<ShownHostCalls, PartUnloaded>()
  const claimed = createOpened<void, never>()
  const calls = createMemo(() => {
    const current = opened.current()
    return (
      current && {
        state: fromObservable(current.state),
        guests: fromObservable(current.guests),
        machine: fromObservable(current.machine)
      }
    )
  })

  const state = createMemo((): HostState => {
    if (!inside()) return returning() ? { _tag: "Starting", offline: false } : { _tag: "Idle" }
    if (opened.failure() !== undefined) return { _tag: "Unloaded" }
    return calls()?.state() ?? { _tag: "Starting", offline: false }
  })

  const guests = () => calls()?.guests() ?? nobody
  const called = () => cleanName(name()) || t.host.name()

  createEffect(() => {
    const { _tag } = state()
    if (_tag === "Left" || _tag === "Ended" || _tag === "Refused" || _tag === "Unloaded") claimed.close()
  })

  // A reload resumes what this tab was hosting, and never takes back a room that another window holds now.
  createEffect(() => {
    const now = state()
    if (now._tag === "Listening") tabMemory.set(listeningFlag, "1")
    if (now._tag === "Left" || now._tag === "Ended") tabMemory.remove(listeningFlag)
    if (now._tag === "Refused" && (now.refusal === "Replaced" || now.refusal === "RoomTaken")) {
      tabMemory.remove(listeningFlag)
    }
  })

  const [passwordAsked, setPasswordAsked] = createSignal(false)
  createEffect(() => {
    const now = state()
    if (now._tag === "Refused" && now.refusal === "HostPasswordWrong") setPasswordAsked(true)
    if (now._tag === "Listening") setPasswordAsked(false)
  })

  createEffect(() => {
    if (state()._tag !== "Starting") setReturning(false)
  })

  // The service lists whoever it has seen in the last minutes: this page knows better who is not there, and what they
  // are called.
  const guestsStore = `guests:${room ?? ""}`
  const kept = createMemo(() => keepGuests(guests()))
  createEffect(() => {
    if (state()._tag === "Listening") tabMemory.set(guestsStore, kept())
  })

  const open = (resume: boolean) => {
    const known = readGuests(tabMemory.get(guestsStore))
    const own = cleanName(untrack(name))
    browserMemory.set("name", own)
    setResumes(resume)
    setInside(true)
    claimed.open(browserTabLocks.takeOver(claim))
    opened.open(
      Effect.gen(function* () {
        const { openHostCalls } = yield* callsPart.loaded
        yield* shown
        const hostKey = yield* readKey
        return yield* openHostCalls({
          room,
          name: own === "" ? undefined : own,
          called: called(),
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

  /** Two windows of one browser hold the same key: whoever comes second is asked first. */
  const [takeOverAsked, setTakeOverAsked] = createSignal(false)
  const openUnless = (taken: Effect.Effect<boolean>) =>
    run(
      Effect.map(taken, (elsewhere) => {
        if (!elsewhere) return open(true)
        setReturning(false)
        setTakeOverAsked(true)
      })
    )

  /** A reloaded page finds the claim of its former self for a moment; a copied tab finds that of its original. */
  const takenByAnother = Effect.scoped(Effect.negate(browserTabLocks.take(claim)))
  if (returning()) openUnless(takenByAnother)

  return {
    state,
    guests,
    /** What this machine can do of all that is wanted: less than 1 where it is the limit. */
    machine: () => calls()?.machine() ?? Number.POSITIVE_INFINITY,
    /** What guests call the host; empty: nothing but that. */
    name,
    setName,
    /** The name that the host has for all others. */
    called,
    returning,
    /** Asks something of the calls, while there are any. */
    ask: (want: (calls: ShownHostCalls) => Effect.Effect<unknown>) => {
      const current = untrack(opened.current)
      if (current !== undefined) run(want(current))
    },
    invitation: invitation(location.origin, room),
    /** Read when it is copied: it is a secret, and stands nowhere on the page. */
    hostLink: () => hostLink(location.origin, room, Effect.runSync(readKey)),
    /** Keeps a session that stands, whoever pressed the button last. A room that is free is claimed all the same. */
    start: () => openUnless(browserTabLocks.isTaken(claim)),
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
