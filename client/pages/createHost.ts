import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type * as ManagedRuntime from "effect/ManagedRuntime"
import { createEffect, createMemo, createSignal } from "solid-js"
import type { CallsLive } from "../rtc/CallsLive.js"
import type { OutgoingTracks } from "../rtc/GuestCall.js"
import { type HostCalls, makeHostCalls } from "../rtc/HostCalls.js"
import type { GuestTile, HostState } from "../rtc/States.js"
import { hostKeyFromFragment, Secrets } from "../signaling/Secrets.js"
import { createOpened } from "../solid/createOpened.js"
import { createRunner } from "../solid/createRunner.js"
import { fromRef } from "../solid/fromRef.js"
import { hostLink, invitation } from "./links.js"
import { tabMemory } from "./memory.js"

export type HostServices = Layer.Layer.Success<typeof CallsLive>

const nothingSent: OutgoingTracks = { audio: null, video: null, screen: null }
const nobody: ReadonlyArray<GuestTile> = []

/** The key of a private host address goes into this browser and out of the address bar, before anything else. */
const importKey = (room: string | undefined) =>
  Effect.gen(function* () {
    const key = hostKeyFromFragment(location.hash)
    if (key === null) return
    yield* (yield* Secrets).keepHostKey(room, key)
    history.replaceState(history.state, "", location.pathname + location.search)
  })

/** The host page's one place where services become signals. */
export const createHost = (runtime: ManagedRuntime.ManagedRuntime<HostServices, never>, room: string | undefined) => {
  runtime.runSync(importKey(room))
  const run = createRunner(runtime)
  const readKey = Effect.flatMap(Secrets, (secrets) => secrets.hostKey(room))
  const { known } = runtime.runSync(readKey)

  const listeningFlag = `listening:${room ?? ""}`
  const [inside, setInside] = createSignal(false)
  const [password, setPassword] = createSignal(tabMemory.get("host-password") ?? undefined)
  const [resumes, setResumes] = createSignal(false)
  const opened = createOpened<HostCalls, HostServices>(runtime)
  const calls = createMemo(() => {
    const current = opened.current()
    return current && { state: fromRef(current.state), guests: fromRef(current.guests) }
  })

  const state = createMemo((): HostState => {
    if (!inside()) return { _tag: "Idle" }
    return calls()?.state() ?? { _tag: "Starting", offline: false }
  })

  // A reload resumes what this tab was hosting, and never takes back a room that another window holds now.
  createEffect(() => {
    const now = state()
    if (now._tag === "Listening") tabMemory.set(listeningFlag, "1")
    if (now._tag === "Ended") tabMemory.remove(listeningFlag)
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

  const start = (resume: boolean) => {
    setResumes(resume)
    setInside(true)
    const options = { room, resume, hostPassword: password(), tracks: nothingSent }
    opened.open(Effect.flatMap(readKey, ({ key }) => makeHostCalls({ ...options, hostKey: key })))
  }

  if (known && tabMemory.get(listeningFlag) !== null) start(true)

  return {
    state,
    guests: () => calls()?.guests() ?? nobody,
    invitation: invitation(location.origin, room),
    /** Read when it is copied: it is a secret, and stands nowhere on the page. */
    hostLink: () => hostLink(location.origin, room, runtime.runSync(readKey).key),
    start: () => start(false),
    resume: () => start(true),
    again: () => start(resumes()),
    hasPassword: () => password() !== undefined,
    passwordAsked,
    askPassword: () => setPasswordAsked(true),
    dismissPassword: () => setPasswordAsked(false),
    givePassword: (given: string) => {
      setPasswordAsked(false)
      setPassword(given)
      tabMemory.set("host-password", given)
      start(resumes())
    },
    end: () => {
      const current = opened.current()
      if (current !== undefined) run(current.end)
    }
  } as const
}

export type HostModel = ReturnType<typeof createHost>
