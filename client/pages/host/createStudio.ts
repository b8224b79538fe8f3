import { type Accessor, createEffect, createMemo, on, untrack } from "solid-js"
import { createDevices } from "../../features/devices/createDevices.js"
import { createScreen } from "../../features/devices/createScreen.js"
import { createSentVoice } from "../../features/devices/createSentVoice.js"
import { browserMediaDevices } from "../../media/BrowserMediaDevices.js"
import { hostVoice, levelsForAll } from "../../media/mixMinus.js"
import { onFirstFrame } from "../../media/unseenVideo.js"
import type { HostMessage } from "../../rtc/control.js"
import { kinds, type OutgoingTracks } from "../../rtc/OutgoingTracks.js"
import { createMixing } from "./createMixing.js"
import { browserComposer, createProgramme } from "./createProgramme.js"
import type { SessionModel } from "./createSession.js"
import { createTalkback } from "./createTalkback.js"
import { createTold } from "./createTold.js"
import { createViewing } from "./createViewing.js"
import { voiceOf } from "./guestSources.js"

/** What the guests get: a picture, each other's voices and the host's, and the screen that somebody shares. */
export const createStudio = (
  room: string | undefined,
  session: Pick<SessionModel, "state" | "guests" | "ask" | "called" | "machineShare">,
  recording: Accessor<boolean>
) => {
  const devices = createDevices(browserMediaDevices, true)
  const screen = createScreen()
  const { ask, guests } = session

  const mixing = createMixing(devices.speaker.missing, recording)
  const talkback = createTalkback({ ...session, microphone: devices.microphone })

  const connected = createMemo(() =>
    guests().filter(({ state }) => state !== "Waiting" && state !== "Joined" && state !== "Away")
  )
  const connectedIds = createMemo(() => connected().map(({ peer }) => peer.id))
  const programme = createProgramme({
    room,
    host: {
      name: session.called,
      camera: devices.camera.track,
      screen: screen.track,
      heard: () => !devices.microphone.stopped()
    },
    guests: connected,
    levels: () => levelsForAll(mixing.levels(), talkback.talkingTo()),
    recording,
    machineShare: session.machineShare,
    composer: browserComposer,
    onFirstFrame
  })

  // Before the voices: with a new mixer no other guest hears the beginning of what is meant for one.
  createEffect(() => mixing.mixer()?.talkTo(talkback.talkingTo()))
  // Adds voices to the mixer, and removes those of guests who have left.
  createEffect<ReadonlyArray<string>>((previous) => {
    const mixer = mixing.mixer()
    const ids = guests().map(({ peer }) => peer.id)
    if (mixer === undefined) return ids
    for (const tile of guests()) mixer.setVoice(tile.peer.id, voiceOf(tile))
    for (const id of previous) if (!ids.includes(id)) mixer.remove(id)
    return ids
  }, [])
  // Of several shared screens only one is seen and heard.
  const voice = createSentVoice(devices.microphone.track, () =>
    programme.sharing.sharer() === hostVoice ? screen.sound() : null
  )
  createEffect(() => mixing.mixer()?.setVoice(hostVoice, voice()))
  createEffect(
    on([mixing.mixer, devices.soundShape.original], ([mixer, original]) => {
      mixer?.setMusic(original)
      if (mixer === undefined) return
      // The same track, set again: its encoding follows the content hint, which `setMusic` changes.
      for (const { peer } of untrack(connected)) {
        ask((calls) => calls.setTrack(peer.id, "audio", mixer.outputFor(peer.id)))
      }
    })
  )

  const tracksFor = (guest: string): OutgoingTracks => ({
    audio: mixing.mixer()?.outputFor(guest) ?? null,
    video: programme.video(),
    screen: programme.sharing.trackFor(guest)
  })
  const wanted = createMemo(() => new Map(connectedIds().map((id) => [id, tracksFor(id)] as const)))
  createEffect<ReadonlyMap<string, OutgoingTracks>>((before) => {
    for (const [guest, tracks] of wanted()) {
      const previous = before.get(guest)
      for (const kind of kinds) {
        if (previous?.[kind] !== tracks[kind]) ask((calls) => calls.setTrack(guest, kind, tracks[kind]))
      }
    }
    return wanted()
  }, new Map())

  const viewing = createViewing({
    scene: () => (programme.track() === null ? null : programme.scene()),
    sharer: programme.sharing.sharer,
    recording,
    machineShare: session.machineShare
  })
  for (const messageFor of [viewing.messageFor, programme.messageFor, programme.sharing.messageFor]) {
    createTold({ ask, guests: connectedIds, messageFor })
  }
  createEffect(on(recording, (on) => ask((calls) => calls.tellAll({ type: "recording", on })), { defer: true }))

  // Devices turned on at the door stay on in the room. After the room they are reset: the host is neither seen nor
  // heard.
  const phase = createMemo(() => session.state()._tag)
  createEffect<boolean>((within) => {
    const current = phase()
    if (current === "Listening") untrack(devices.open)
    if (current === "Listening" || current === "Starting") return within || current === "Listening"
    if (within) {
      untrack(devices.reset)
      talkback.dismissMutedFor()
      screen.stop()
    }
    return false
  }, true)
  createEffect(() => {
    const current = phase()
    if (current === "Listening") mixing.start()
    else if (current !== "Idle" && current !== "Starting") mixing.close()
  })
  // Some browsers let a page play sound while it captures.
  createEffect(on([devices.microphone.track, devices.camera.track], mixing.waken))

  return {
    ...devices,
    ...talkback,
    screen,
    programme,
    viewing,
    mixing,
    /** The programme with all voices, while it is recorded. */
    whole: createMemo(() => ({
      video: recording() ? programme.track() : null,
      audio: mixing.whole()
    })),
    tracksFor: (guest: string) => untrack(() => tracksFor(guest)),
    /** The current state, for a guest whose channel opens. */
    greeting: (guest: string): ReadonlyArray<HostMessage> =>
      untrack(() => [
        viewing.messageFor(guest),
        programme.messageFor(guest),
        programme.sharing.messageFor(guest),
        { type: "recording", on: recording() },
        { type: "talkback", on: talkback.talkingTo() === guest }
      ])
  } as const
}
