import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { createEffect, createMemo, createSignal, on, untrack } from "solid-js"
import { createPageHide } from "../../app/createPageHide.js"
import { callsPart } from "../../app/loadCalls.js"
import type { PartUnloaded } from "../../app/part.js"
import { tabMemory } from "../../browser/memory.js"
import type { ChatEntry } from "../../features/chat/ChatEntry.js"
import { stayAwake } from "../../media/WakeLock.js"
import type { GuestMessage, HostMessage } from "../../rtc/control.js"
import { type KnownClaim, unanswered } from "../../rtc/knownClaim.js"
import { kinds, type OutgoingTracks } from "../../rtc/OutgoingTracks.js"
import type { ShownGuestCall } from "../../rtc/pageCalls.js"
import type { Prepared } from "../../rtc/prepared.js"
import type { GuestState, Sending } from "../../rtc/States.js"
import { joinPressLifetime } from "../../rtc/timings.js"
import { createOpened } from "../../solid/createOpened.js"
import { createRunner } from "../../solid/createRunner.js"
import { createSeen } from "../../solid/createSeen.js"
import { fromObservable } from "../../solid/fromObservable.js"
import { createChat } from "./createChat.js"
import { createWanted } from "./createWanted.js"
import { roomPart } from "./roomPart.js"
import { nothingSaid, type Said, saidAfter } from "./said.js"

interface CallOptions {
  readonly room: string | undefined
  /** The tracks to send. */
  readonly tracks: () => OutgoingTracks
  /** The microphone sends nothing. */
  readonly muted: () => boolean
  /** The host asks this page to mute. */
  readonly mute: () => void
  /** Whether the page's tab is visible. */
  readonly visible: () => boolean
  /** Somebody wrote a line while the chat was not on the screen. */
  readonly unseen: (line: ChatEntry) => void
}

/** Waits for the next task: requests that can be sent now are sent by then. */
const nextTask = Effect.promise(() => new Promise<void>((resolve) => setTimeout(resolve)))

/** A guest's call as signals. */
export const createCall = ({ mute, muted, room, tracks, unseen, visible }: CallOptions) => {
  const run = createRunner()
  const opened = createOpened<ShownGuestCall, PartUnloaded>()
  const awake = createOpened<void, never>()
  const [hand, setHand] = createSignal(false)
  const [handLowered, setHandLowered] = createSignal(false)
  const [said, setSaid] = createSignal<Said>(nothingSaid)

  const call = createMemo(() => {
    const current = opened.current()
    return (
      current && {
        state: fromObservable(current.state),
        hostName: fromObservable(current.hostName),
        incoming: fromObservable(current.incoming),
        screen: fromObservable(current.screen),
        quality: fromObservable(current.quality)
      }
    )
  })
  const state = createMemo((): GuestState => {
    if (opened.failure() !== undefined) return { _tag: "Unloaded" }
    return call()?.state() ?? { _tag: "Joining", offline: false }
  })

  const say = (message: GuestMessage) => {
    const current = opened.current()
    if (current !== undefined) run(current.say(message))
  }

  const chat = createChat({ room, say, visible, unseen })

  for (const kind of kinds) {
    createEffect(() => {
      const track = tracks()[kind]
      const current = opened.current()
      if (current !== undefined) run(current.setTrack(kind, track))
    })
  }
  const sending = createMemo((): Sending => {
    const { screen, video } = tracks()
    return { camera: video !== null, microphone: !muted(), screen: screen !== null }
  })
  createEffect(on(sending, (current) => say({ type: "sending", ...current }), { defer: true }))
  const { setShown, wanted } = createWanted(createSeen())
  createEffect(on(wanted, (current) => say({ type: "wanted", ...current }), { defer: true }))
  createPageHide({
    hidden: () => {
      const current = opened.current()
      if (current !== undefined) run(current.sayAway)
    },
    // Any message tells the host's page that this guest is back.
    back: () => {
      say({ type: "sending", ...sending() })
      say({ type: "wanted", ...wanted() })
    }
  })

  const live = () => state()._tag === "Live"
  createEffect(() => {
    const { _tag } = state()
    // While a connection recovers, what the host said still holds.
    if (["Waiting", "Ended", "Refused", "AnotherHost"].includes(_tag)) setSaid(nothingSaid)
    // Lines written to one host are sent to no other.
    if (["Ended", "Refused", "AnotherHost"].includes(_tag)) untrack(chat.giveUp)
  })
  createEffect(() => {
    if (opened.current() !== undefined && live()) awake.open(stayAwake)
    else awake.close()
  })

  const receive = (message: HostMessage): void => {
    switch (message.type) {
      case "chat":
      case "history":
        chat.receive(message)
        break
      case "slow-down":
        chat.slowDown()
        break
      case "mute":
        mute()
        break
      case "lower-hand":
        setHandLowered(hand())
        setHand(false)
        break
      default:
        setSaid((current) => saidAfter(current, message))
    }
  }

  const greeting = Effect.sync(
    (): ReadonlyArray<GuestMessage> => [
      { type: "sending", ...sending() },
      { type: "hand", raised: hand() },
      { type: "wanted", ...wanted() },
      ...chat.greeting()
    ]
  )

  /** Stores the claim that this tab's last press of *Join* agreed to. */
  const claimKey = `called:${room ?? ""}`
  const known: KnownClaim = {
    get: () => tabMemory.get(claimKey),
    set: (claim) => (claim === null ? tabMemory.remove(claimKey) : tabMemory.set(claimKey, claim))
  }

  const open = (name: string, byPress: boolean, prepared: Prepared | null) => {
    setHand(false)
    const since = performance.now()
    // Before anything is loaded: a page reloaded meanwhile must not take this press for an answered one.
    if (byPress && known.get() === null) known.set(unanswered)
    opened.open(
      Effect.gen(function* () {
        // Added before anything is loaded, because the call may be given up while the rest of the page loads.
        if (prepared !== null) yield* Effect.addFinalizer(() => prepared.close)
        const { openGuestCall } = yield* Effect.zipLeft(callsPart.loaded, roomPart.loaded)
        const call = yield* openGuestCall({
          room,
          name,
          pressed: byPress && performance.now() - since <= Duration.toMillis(joinPressLifetime),
          prepared,
          known,
          // Read only after loading, because changes of tracks are told only to an open call.
          tracks: tracks(),
          greeting,
          received: (message) => Effect.sync(() => receive(message))
        })
        yield* nextTask
        return call
      })
    )
  }

  return {
    /** The join is on its way, or cannot be made. */
    begun: () => opened.current() !== undefined || opened.failure() !== undefined,
    state,
    live,
    hostName: () => call()?.hostName() ?? null,
    incoming: () => call()?.incoming() ?? null,
    screen: () => call()?.screen() ?? null,
    quality: () => call()?.quality() ?? null,
    sending,
    said,
    /** How large the stage shows what is received, in lines. */
    setShown,
    chat,
    hand,
    handLowered,
    toggleHand: () => {
      const raised = !hand()
      setHandLowered(false)
      setHand(raised)
      say({ type: "hand", raised })
    },
    open,
    close: () => {
      chat.giveUp()
      opened.close()
    },
    retry: (name: string) => {
      const current = opened.current()
      if (current !== undefined) run(current.retry)
      else if (opened.failure() !== undefined) open(name, true, null)
    }
  } as const
}
