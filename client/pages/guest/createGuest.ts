import type * as Context from "effect/Context"
import { createEffect, createMemo, createSignal, on } from "solid-js"
import { browserMemory, tabMemory } from "../../browser/memory.js"
import { createAttention } from "../../features/attention/createAttention.js"
import { createDevices } from "../../features/devices/createDevices.js"
import { createScreen } from "../../features/devices/createScreen.js"
import { createSentVoice } from "../../features/devices/createSentVoice.js"
import { createVoicePlayback } from "../../features/voices/createVoicePlayback.js"
import { isolated } from "../../i18n/isolated.js"
import { soundText } from "../../i18n/soundText.js"
import { t } from "../../i18n/t.js"
import type { MediaDevices } from "../../media/MediaDevices.js"
import { cleanName } from "../../rtc/cleanName.js"
import type { GuestState } from "../../rtc/States.js"
import { createVisible } from "../../solid/createVisible.js"
import { createCall } from "./createCall.js"
import { createHostArrival } from "./createHostArrival.js"
import { createLobby } from "./createLobby.js"
import { hasCompany, isOutside, isOver } from "./standing.js"

/** The guest page's one place where services become signals. */
export const createGuest = (mediaDevices: Context.Tag.Service<MediaDevices>, room: string | undefined) => {
  const devices = createDevices(mediaDevices)
  const { camera, microphone } = devices
  const screen = createScreen()
  const [name, setName] = createSignal(browserMemory.get("name") ?? "")
  const [mutedByHost, setMutedByHost] = createSignal(false)

  const inCallFlag = `in-call:${room ?? ""}`
  /** The person has pressed *Join* and not left since. */
  const [inCall, setInCall] = createSignal(false)
  const [left, setLeft] = createSignal(false)
  const visible = createVisible()
  const attention = createAttention({
    visible,
    sinkId: devices.speaker.sinkId,
    count: () => call.chat.unread.count()
  })
  // A screen that the host has taken out is not heard either.
  const voice = createSentVoice(microphone.track, () => (call.said().sharing?.you === true ? screen.sound() : null))
  const tracks = createMemo(() => ({ audio: voice(), video: camera.track(), screen: screen.track() }))
  const call = createCall({
    room,
    visible,
    unseen: ({ from }) =>
      attention.tell({ chime: "wrote", words: () => t.attention.wrote(isolated(from)), aloud: false }),
    tracks,
    muted: () => microphone.track() === null || microphone.muted(),
    mute: () => {
      if (microphone.stopped()) return
      microphone.turnOff()
      setMutedByHost(true)
    }
  })
  // What the host sends is one voice: the mix of all that this guest hears.
  const voices = createVoicePlayback(
    createMemo(() => new Map((call.incoming()?.getAudioTracks() ?? []).map((track) => ["host", track]))),
    devices.speaker.sinkId
  )
  const lobby = createLobby({ devices, room, tracks, inCall })

  /** A press of *Join* whose request has not gone yet. Drawing the room takes a page some 50 ms in one go: the join goes first. */
  const [pressed, setPressed] = createSignal(false)
  const roomShown = createMemo<boolean>((before) => inCall() && (before || !pressed() || call.begun()), false)

  const state = (): GuestState => (inCall() ? call.state() : { _tag: left() ? "Left" : "Idle" })

  createEffect(() => {
    if (!microphone.stopped()) setMutedByHost(false)
  })
  const over = createMemo(() => isOver(state()))
  createEffect(
    on(state, (now) => {
      // Out of the call nobody goes on sharing without a press.
      if (isOver(now) || isOutside(now)) screen.stop()
      if (!isOver(now)) return
      // At every such state: the press that was to go on from the one before has opened them again.
      devices.pause()
      // A reload of a call that is over joins nothing by itself.
      tabMemory.remove(inCallFlag)
    })
  )

  createHostArrival(state, () =>
    attention.tell({ chime: "arrived", words: () => t.attention.hostArrived(), aloud: true })
  )

  /** In the words of whoever reads the page: what is empty the service calls in English. */
  const called = () => cleanName(name()) || t.guest.namePlaceholder()

  /** `byPress`: a person has pressed *Join*. False for a page that was reloaded within a call. */
  const enter = (byPress: boolean) => {
    const prepared = byPress ? lobby.take() : null
    setPressed(byPress)
    browserMemory.set("name", cleanName(name()))
    tabMemory.set(inCallFlag, "1")
    setInCall(true)
    if (left()) devices.open()
    setLeft(false)
    call.open(called(), byPress, prepared)
  }

  const leave = () => {
    tabMemory.remove(inCallFlag)
    call.close()
    screen.stop()
    setInCall(false)
    setLeft(true)
    devices.pause()
  }

  devices.open()
  if (tabMemory.get(inCallFlag) !== null) enter(false)

  return {
    ...devices,
    attention,
    screen,
    lobby,
    call,
    voices,
    /** Why nothing of the call can be heard, where nothing can play it. */
    soundMissing: () =>
      soundText({
        refused: false,
        unmixed: null,
        noOutput: devices.speaker.missing(),
        others: voices.ids().length,
        speaks: false
      }),
    name,
    setName,
    mutedByHost,
    inCall,
    roomShown,
    state,
    over,
    company: createMemo(() => hasCompany(state())),
    /** One press is enough: the lobby is still there for a moment. */
    join: () => {
      if (!inCall()) enter(true)
    },
    leave,
    retry: () => {
      tabMemory.set(inCallFlag, "1")
      if (over()) devices.open()
      call.retry(called())
    }
  } as const
}

export type GuestModel = ReturnType<typeof createGuest>
