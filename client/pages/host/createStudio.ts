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
  session: Pick<SessionModel, "state" | "guests" | "ask" | "called" | "machine">,
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
    composer: browserComposer,
    onFirstFrame
  })

  // Before there are voices: of what is meant for one guest no other hears the beginning in a mixer that is new.
  createEffect(() => mixing.mixer()?.talkTo(talkback.talkingTo()))
  // Voices into the mixer, and out of it those that are gone.
  createEffect<ReadonlyArray<string>>((before) => {
    const mixer = mixing.mixer()
    const ids = guests().map(({ peer }) => peer.id)
    if (mixer === undefined) return ids
    for (const tile of guests()) mixer.setVoice(tile.peer.id, voiceOf(tile))
    for (const id of before) if (!ids.includes(id)) mixer.remove(id)
    return ids
  }, [])
  // Of several screens that are shared one is seen, and heard.
  const voice = createSentVoice(devices.microphone.track, () =>
    programme.sharing.sharer() === hostVoice ? screen.sound() : null
  )
  createEffect(() => mixing.mixer()?.setVoice(hostVoice, voice()))
  createEffect(
    on([mixing.mixer, devices.soundShape.original], ([mixer, original]) => {
      mixer?.setMusic(original)
      if (mixer === undefined) return
      // The same track, looked at again.
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
      const former = before.get(guest)
      for (const kind of kinds) {
        if (former?.[kind] !== tracks[kind]) ask((calls) => calls.setTrack(guest, kind, tracks[kind]))
      }
    }
    return wanted()
  }, new Map())

  const viewing = createViewing({
    scene: () => (programme.track() === null ? null : programme.scene()),
    sharer: programme.sharing.sharer,
    recording,
    machine: session.machine
  })
  for (const messageFor of [viewing.messageFor, programme.messageFor, programme.sharing.messageFor]) {
    createTold({ ask, guests: connectedIds, messageFor })
  }
  createEffect(on(recording, (on) => ask((calls) => calls.tellAll({ type: "recording", on })), { defer: true }))

  // What was turned on at the door goes on in the room. Whoever comes out of it is neither seen nor heard any more.
  const phase = createMemo(() => session.state()._tag)
  createEffect<boolean>((within) => {
    const now = phase()
    if (now === "Listening") untrack(devices.open)
    if (now === "Listening" || now === "Starting") return within || now === "Listening"
    if (within) {
      untrack(devices.reset)
      talkback.dismissMutedFor()
      screen.stop()
    }
    return false
  }, true)
  createEffect(() => {
    const now = phase()
    if (now === "Listening") mixing.open()
    else if (now !== "Idle" && now !== "Starting") mixing.close()
  })
  // Some browsers let a page sound as long as it captures.
  createEffect(on([devices.microphone.track, devices.camera.track], mixing.waken))

  return {
    ...devices,
    ...talkback,
    screen,
    programme,
    viewing,
    mixing,
    /** What is recorded of all together, while it is: the programme, with all voices. */
    whole: createMemo(() => ({
      video: recording() ? programme.track() : null,
      audio: mixing.whole()
    })),
    tracksFor: (guest: string) => untrack(() => tracksFor(guest)),
    /** The present state of things for a guest whose channel opens. */
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
