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
  // The sound of a screen that the host has taken out is not sent either.
  const voice = createSentVoice(microphone.track, () => (call.said().sharing?.you === true ? screen.sound() : null))
  const tracks = createMemo(() => ({ audio: voice(), video: camera.track(), screen: screen.track() }))
  const call = createCall({
    room,
    visible,
    unseen: ({ from }) =>
      attention.announce({ chime: "wrote", words: () => t.attention.wrote(isolated(from)), aloud: false }),
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

  /** *Join* was pressed, by a person. Drawing the room blocks a page for some 50 ms, so the join is sent first. */
  const [pressed, setPressed] = createSignal(false)
  const roomShown = createMemo<boolean>((previous) => inCall() && (previous || !pressed() || call.begun()), false)

  const state = (): GuestState => (inCall() ? call.state() : { _tag: left() ? "Left" : "Idle" })

  createEffect(() => {
    if (!microphone.stopped()) setMutedByHost(false)
  })
  const over = createMemo(() => isOver(state()))
  createEffect(
    on(state, (current) => {
      // Sharing stops outside the call, and begins again only with a press.
      if (isOver(current) || isOutside(current)) screen.stop()
      if (!isOver(current)) return
      // In each of these states, not only in the first: a retry from the previous one has opened the devices again.
      devices.pause()
      // A page reloaded after the end of its call does not join by itself.
      tabMemory.remove(inCallFlag)
    })
  )

  createHostArrival(state, () =>
    attention.announce({ chime: "arrived", words: () => t.attention.hostArrived(), aloud: true })
  )

  /** A guest without a name gets one in the page's language; the service would give an English one. */
  const displayName = () => cleanName(name()) || t.guest.namePlaceholder()

  /** `byPress`: a person has pressed *Join*. False for a page that was reloaded within a call. */
  const enter = (byPress: boolean) => {
    const prepared = byPress ? lobby.take() : null
    setPressed(byPress)
    browserMemory.set("name", cleanName(name()))
    tabMemory.set(inCallFlag, "1")
    setInCall(true)
    if (left()) devices.open()
    setLeft(false)
    call.open(displayName(), byPress, prepared)
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
    /** Why the call cannot be heard, if there is no output that can play it. */
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
    /** Ignores a second press: the lobby is still shown for a moment. */
    join: () => {
      if (!inCall()) enter(true)
    },
    leave,
    retry: () => {
      tabMemory.set(inCallFlag, "1")
      if (over()) devices.open()
      call.retry(displayName())
    }
  } as const
}

export type GuestModel = ReturnType<typeof createGuest>
