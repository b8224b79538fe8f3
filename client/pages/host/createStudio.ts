import * as Effect from "effect/Effect"
import { type Accessor, createEffect, createMemo, createSignal, on, untrack } from "solid-js"
import { createDevices } from "../../features/devices/createDevices.js"
import { createScreen } from "../../features/devices/createScreen.js"
import { browserMediaDevices } from "../../media/BrowserMediaDevices.js"
import { hostVoice } from "../../media/mixing.js"
import type { HostMessage } from "../../rtc/control.js"
import type { OutgoingTracks } from "../../rtc/OutgoingTracks.js"
import type { GuestView, VideoQuality } from "../../rtc/States.js"
import { returnQualityFor, videoQualityFor } from "../../rtc/videoQuality.js"
import { createMixing } from "./createMixing.js"
import type { SessionModel } from "./createSession.js"
import { createSpotlight } from "./createSpotlight.js"

const kinds = ["audio", "video", "screen"] as const

const cameraOf = (tile: GuestView | undefined) =>
  tile?.sending.camera === true ? (tile.stream?.getVideoTracks()[0] ?? null) : null
/** Whether a guest is muted or not: a voice that is taken in and out of the mix loses its first word. */
const voiceOf = ({ stream }: GuestView) => stream?.getAudioTracks()[0] ?? null

/** What one guest is told of the conference. */
interface Told {
  readonly spotlight: Extract<HostMessage, { readonly type: "spotlight" }>
  readonly quality: Extract<HostMessage, { readonly type: "quality" }>
}

const sameTold = (one: Told | undefined, other: Told) =>
  one?.spotlight.name === other.spotlight.name &&
  one.spotlight.you === other.spotlight.you &&
  one.quality.video === other.quality.video

/** What the guests get: the host's own camera, voice and screen, each other's voices, and whose picture is large. */
export const createStudio = (session: Pick<SessionModel, "state" | "guests" | "ask">, recording: Accessor<boolean>) => {
  const devices = createDevices(browserMediaDevices, true)
  const screen = createScreen()
  const { guests } = session

  const mixing = createMixing(devices.speaker.missing)
  const spotlight = createSpotlight(guests, mixing.levels)

  const [talkingTo, setTalkingTo] = createSignal<string | null>(null)
  /** Who went while the host spoke to them alone: the host was muted for it, and has not unmuted since. */
  const [mutedFor, setMutedFor] = createSignal<string | null>(null)
  createEffect(
    on(guests, (now, before) => {
      const guest = talkingTo()
      if (guest === null || now.some(({ peer, state }) => peer.id === guest && state !== "Away")) return
      const within = session.state()._tag === "Listening" || session.state()._tag === "Starting"
      if (within && !devices.microphone.off() && !devices.microphone.muted()) {
        // First of all: the word is meant for nobody else.
        devices.microphone.turnOff()
        setMutedFor([...now, ...(before ?? [])].find(({ peer }) => peer.id === guest)?.peer.name ?? null)
      }
      setTalkingTo(null)
    })
  )
  createEffect(() => {
    if (!devices.microphone.stopped()) setMutedFor(null)
  })

  const connected = createMemo(() =>
    guests().filter(({ state }) => state !== "Waiting" && state !== "Joined" && state !== "Away")
  )

  // Voices into the mixer, and out of it those that are gone.
  createEffect<ReadonlyArray<string>>((before) => {
    const mixer = mixing.mixer()
    const ids = guests().map(({ peer }) => peer.id)
    if (mixer === undefined) return ids
    for (const tile of guests()) mixer.setVoice(tile.peer.id, voiceOf(tile))
    for (const id of before) if (!ids.includes(id)) mixer.remove(id)
    return ids
  }, [])
  createEffect(() => mixing.mixer()?.setVoice(hostVoice, devices.microphone.track()))
  createEffect(() => mixing.mixer()?.talkTo(talkingTo()))
  createEffect(
    on([mixing.mixer, devices.soundShape.original], ([mixer, original]) => {
      mixer?.setMusic(original)
      if (mixer === undefined) return
      // The same track, looked at again.
      for (const { peer } of untrack(connected)) {
        session.ask((calls) => calls.setTrack(peer.id, "audio", mixer.outputFor(peer.id)))
      }
    })
  )

  const tileOf = (id: string | null) => guests().find(({ peer }) => peer.id === id)
  const tracksFor = (guest: string): OutgoingTracks => {
    const shown = spotlight.shown()
    const large = shown === null || shown === guest ? null : cameraOf(tileOf(shown))
    return {
      audio: mixing.mixer()?.outputFor(guest) ?? null,
      video: large ?? devices.camera.track(),
      screen: screen.track()
    }
  }

  const wanted = createMemo(() => new Map(connected().map(({ peer }) => [peer.id, tracksFor(peer.id)] as const)))
  createEffect<ReadonlyMap<string, OutgoingTracks>>((before) => {
    for (const [guest, tracks] of wanted()) {
      const former = before.get(guest)
      for (const kind of kinds) {
        if (former?.[kind] !== tracks[kind]) session.ask((calls) => calls.setTrack(guest, kind, tracks[kind]))
      }
    }
    return wanted()
  }, new Map())

  /** A new connection knows nothing of what was set on the one before. */
  const returned = createMemo(() => {
    const live = guests().filter(({ state }) => state === "Live")
    return new Map(live.map(({ peer }) => [peer.id, returnQualityFor(live.length)] as const))
  })
  createEffect<ReadonlyMap<string, VideoQuality>>((before) => {
    for (const [guest, quality] of returned()) {
      if (before.get(guest) !== quality) session.ask((calls) => calls.setVideoQuality(guest, quality))
    }
    return returned()
  }, new Map())

  const toldTo = (guest: string): Told => {
    const shown = spotlight.shown()
    const name = shown === null || shown === guest ? undefined : tileOf(shown)
    const video: VideoQuality = videoQualityFor({
      guests: Math.max(1, connected().length),
      spotlight: shown === null ? "none" : shown === guest ? "this" : "other",
      recording: recording()
    })
    return {
      spotlight: {
        type: "spotlight",
        name: cameraOf(name) === null ? null : (name?.peer.name ?? null),
        you: shown === guest
      },
      quality: { type: "quality", video }
    }
  }
  const told = createMemo(() => new Map(connected().map(({ peer }) => [peer.id, toldTo(peer.id)] as const)))
  createEffect<ReadonlyMap<string, Told>>((before) => {
    for (const [guest, now] of told()) {
      if (sameTold(before.get(guest), now)) continue
      session.ask((calls) => Effect.zipRight(calls.tell(guest, now.spotlight), calls.tell(guest, now.quality)))
    }
    return told()
  }, new Map())

  const sharing = createMemo(() => screen.track() !== null)
  createEffect(on(sharing, (on) => session.ask((calls) => calls.tellAll({ type: "sharing", on })), { defer: true }))
  createEffect(on(recording, (on) => session.ask((calls) => calls.tellAll({ type: "recording", on })), { defer: true }))
  createEffect(
    on(talkingTo, (now, before) => {
      if (before !== null && before !== undefined) {
        session.ask((calls) => calls.tell(before, { type: "talkback", on: false }))
      }
      if (now !== null) session.ask((calls) => calls.tell(now, { type: "talkback", on: true }))
    })
  )

  // What was turned on at the door goes on in the room. Whoever comes out of it is neither seen nor heard any more.
  const phase = createMemo(() => session.state()._tag)
  createEffect<boolean>((within) => {
    const now = phase()
    if (now === "Listening") untrack(devices.open)
    if (now === "Listening" || now === "Starting") return within || now === "Listening"
    if (within) {
      untrack(devices.reset)
      setMutedFor(null)
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
    screen,
    spotlight,
    talkingTo,
    mutedFor,
    dismissMutedFor: () => setMutedFor(null),
    /** Speaks to this guest alone, or to all again. Whoever talks is heard: a muted host is unmuted. */
    talkTo: (guest: string) => {
      const alone = talkingTo() === guest ? null : guest
      setTalkingTo(alone)
      if (alone !== null && devices.microphone.stopped()) devices.microphone.turnOn()
    },
    mixing,
    tracksFor: (guest: string) => untrack(() => tracksFor(guest)),
    /** The present state of things for a guest whose channel opens. */
    greeting: (guest: string): ReadonlyArray<HostMessage> =>
      untrack(() => {
        const { quality, spotlight } = toldTo(guest)
        return [
          quality,
          spotlight,
          { type: "sharing", on: sharing() },
          { type: "recording", on: recording() },
          { type: "talkback", on: talkingTo() === guest }
        ]
      })
  } as const
}
