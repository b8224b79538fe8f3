import * as Effect from "effect/Effect"
import { createEffect, createMemo, createSignal } from "solid-js"
import { createAttention } from "../../features/attention/createAttention.js"
import { createRecording } from "../../features/recording/createRecording.js"
import { createVoicePlayback } from "../../features/voices/createVoicePlayback.js"
import { isolated } from "../../i18n/isolated.js"
import { soundText } from "../../i18n/soundText.js"
import { t } from "../../i18n/t.js"
import { hostVoice, wholeMix } from "../../media/mixMinus.js"
import { type Source, sourcesOf } from "../../media/recording/segments.js"
import { stayAwake } from "../../media/WakeLock.js"
import type { Outcome } from "../../rtc/HostCalls.js"
import { raisedHands } from "../../rtc/hands.js"
import type { ShownHostCalls } from "../../rtc/pageCalls.js"
import { createOpened } from "../../solid/createOpened.js"
import { createVisible } from "../../solid/createVisible.js"
import { createArrivals } from "./createArrivals.js"
import { createChat } from "./createChat.js"
import { createLargeTile } from "./createLargeTile.js"
import { createParticipants } from "./createParticipants.js"
import { createPresence } from "./createPresence.js"
import { createSession, type Talk } from "./createSession.js"
import { createStudio } from "./createStudio.js"
import { guestSources, voiceOf } from "./guestSources.js"
import { roomPart } from "./roomPart.js"

/** The host page's one place where services become signals. */
export const createHost = (room: string | undefined) => {
  const talk: Talk = {
    tracks: (guest) => Effect.sync(() => studio.tracksFor(guest)),
    greeting: (guest) =>
      Effect.sync(() => [...studio.greeting(guest), ...participants.greeting(guest), ...chat.history(guest)]),
    received: (guest, message) =>
      Effect.sync(() => {
        if (message.type === "chat") chat.receive(guest, message)
      })
  }
  const session = createSession(room, talk, roomPart.loaded)
  const { ask, guests } = session
  const listening = createMemo(() => session.state()._tag === "Listening")
  const awake = createOpened<void, never>()
  createEffect(() => (listening() ? awake.open(stayAwake) : awake.close()))
  const recording = createRecording(room, listening)
  const records = createMemo(recording.running)
  const presence = createPresence(guests)
  const studio = createStudio(room, session, records)
  const { layout, sharing } = studio.programme
  const largeTile = createLargeTile(guests, () => (layout.layout() === "screen" ? sharing.sharer() : layout.large()))
  const participants = createParticipants({ ask, called: session.called, guests: presence.inside, studio })
  const visible = createVisible()
  const attention = createAttention({
    visible,
    sinkId: studio.speaker.sinkId,
    count: () => chat.unread.count() + presence.waiting().length + raisedHands(presence.inside()).length
  })
  const unseen = (from: string) =>
    attention.announce({ chime: "wrote", words: () => t.attention.wrote(isolated(from)), aloud: false })
  const chat = createChat({ room, state: session.state, guests, ask, name: session.called, visible, unseen })
  const [peopleListed, setPeopleListed] = createSignal(false)
  createArrivals(listening, guests, peopleListed, attention.announce)

  const [full, setFull] = createSignal(false)
  createEffect(() => {
    if (presence.waiting().length === 0) setFull(false)
  })
  /**
   * Asks for something that lets guests in, and reports if the room has no place for them: also if that was dismissed
   * before.
   */
  const letIn = (want: (calls: ShownHostCalls) => Effect.Effect<Outcome>) => {
    setFull(false)
    ask((calls) => Effect.map(want(calls), (outcome) => void setFull(outcome === "RoomFull")))
  }

  const mute = (guest: string) => ask((calls) => calls.tell(guest, { type: "mute" }))
  const lowerHand = (guest: string) => ask((calls) => calls.lowerHand(guest))
  // Everybody who is connected, with a picture on the stage or without.
  const voices = createVoicePlayback(
    createMemo(
      () =>
        new Map(
          guests()
            .filter(({ state }) => state !== "Away")
            .flatMap((guest) => {
              const voice = voiceOf(guest)
              return voice === null ? [] : [[guest.peer.id, voice]]
            })
        )
    ),
    studio.speaker.sinkId
  )

  /** What can be recorded now: the host, each guest, and the programme with all voices. */
  const sources = createMemo((): ReadonlyArray<Source> => {
    if (!listening()) return []
    const host = sourcesOf<MediaStreamTrack>(hostVoice, session.called(), {
      microphone: studio.microphone.track(),
      camera: studio.camera.track(),
      screen: studio.screen.track(),
      screenSound: studio.screen.sound()
    })
    const whole: Source = { id: wholeMix, name: t.recording.whole(), kind: "programme", ...studio.whole() }
    return [...host, ...presence.inside().flatMap(guestSources), whole]
  })
  createEffect(() => recording.setSources(sources()))
  createEffect(() => {
    const { _tag } = session.state()
    if (_tag === "Left" || _tag === "Ended" || _tag === "Refused") recording.stop()
  })

  const sound = createMemo(() =>
    soundText({
      refused: voices.refused(),
      unmixed: studio.mixing.unmixed(),
      noOutput: studio.speaker.missing(),
      others: voices.ids().length,
      speaks: !studio.microphone.stopped()
    })
  )

  /** A press that begins a session allows the page to play sound. If no session begins, the mixer is closed. */
  const pressed = (begin: () => void) => {
    studio.mixing.start()
    begin()
  }
  const begins = {
    start: () => pressed(session.start),
    takeOver: () => pressed(session.takeOver),
    dismissTakeOver: () => {
      session.dismissTakeOver()
      studio.mixing.close()
    },
    again: () => pressed(session.again),
    givePassword: (given: string) => pressed(() => session.givePassword(given))
  } as const

  return {
    ...session,
    ...studio,
    ...begins,
    /** Why somebody is not heard, as a notice. */
    sound,
    /** A press would start the sound. */
    pressSounds: () => voices.refused() || studio.mixing.unmixed() === "press",
    playSound: () => {
      voices.play()
      studio.mixing.start()
    },
    chat,
    voices,
    recording,
    records,
    ...presence,
    largeTile,
    attention,
    /** Whether the panel that lists the guests, the waiting ones too, is open. */
    setPeopleListed,
    /** Whether the last press that would let guests in found no place for them. */
    full,
    dismissFull: () => setFull(false),
    admit: (guest: string) => letIn((calls) => calls.admit(guest)),
    admitAll: () => letIn((calls) => calls.admitAll),
    refuseAll: () => ask((calls) => calls.refuseAll),
    remove: (guest: string, lock = false) => ask((calls) => calls.remove(guest, lock)),
    mute,
    /** Asks the pages of all who are in and not muted. */
    muteAll: () => {
      for (const { peer, sending } of presence.inside()) if (sending.microphone) mute(peer.id)
    },
    lowerHand,
    lowerAll: () => {
      for (const { peer } of raisedHands(presence.inside())) lowerHand(peer.id)
    },
    setRoom: (rules: { readonly waitingRoom?: boolean; readonly locked?: boolean }) =>
      letIn((calls) => calls.setRoom(rules))
  } as const
}

export type HostModel = ReturnType<typeof createHost>
