import { type Accessor, createMemo } from "solid-js"
import { hostVoice } from "../../media/mixMinus.js"
import type { Pictures } from "../../media/programme/Composer.js"
import type { Scene, ScenePerson } from "../../media/programme/scene.js"
import type { GuestView } from "../../rtc/States.js"
import type { createProgrammeLayout } from "./createProgrammeLayout.js"
import type { createSharing } from "./createSharing.js"

/** The host's part of the programme. */
export interface HostOnAir {
  readonly name: Accessor<string>
  /** Null: off. */
  readonly camera: Accessor<MediaStreamTrack | null>
  readonly screen: Accessor<MediaStreamTrack | null>
  /** Whether the microphone is on. */
  readonly heard: Accessor<boolean>
}

interface SceneOptions {
  readonly host: HostOnAir
  readonly guests: Accessor<ReadonlyArray<GuestView>>
  readonly speaking: Accessor<ReadonlySet<string>>
  readonly layout: Pick<ReturnType<typeof createProgrammeLayout>, "layout" | "large">
  readonly sharing: Pick<ReturnType<typeof createSharing>, "sharer" | "track">
}

/** The guest's camera. Null if it is off, or while its connection is gone. */
const cameraOf = ({ gone, sending, stream }: GuestView) =>
  sending.camera && gone === null ? (stream?.getVideoTracks()[0] ?? null) : null

const sameScene = (one: Scene, other: Scene) => JSON.stringify(one) === JSON.stringify(other)

const samePictures = (one: Pictures, other: Pictures) =>
  one.screen === other.screen &&
  one.cameras.size === other.cameras.size &&
  [...one.cameras].every(([id, track]) => other.cameras.get(id) === track)

/** What the programme shows at this moment, the host first, and the pictures that it is made of. */
export const createScene = ({ guests, host, layout, sharing, speaking }: SceneOptions) => {
  const cameras = () =>
    new Map([[hostVoice, host.camera()], ...guests().map((tile) => [tile.peer.id, cameraOf(tile)] as const)])
  const scene = createMemo(
    (): Scene => {
      const currentCameras = cameras()
      const person = (id: string, name: string): Pick<ScenePerson, "camera" | "id" | "name" | "speaking"> => ({
        id,
        name,
        camera: currentCameras.get(id) !== null,
        speaking: speaking().has(id)
      })
      return {
        layout: layout.layout(),
        people: [
          { ...person(hostVoice, host.name()), microphone: host.heard(), hand: false },
          ...guests().map(({ hand, peer, sending }) => ({
            ...person(peer.id, peer.name),
            microphone: sending.microphone,
            hand: hand !== null
          }))
        ],
        large: layout.large(),
        sharer: sharing.sharer()
      }
    },
    undefined,
    { equals: sameScene }
  )
  const pictures = createMemo(
    (): Pictures => ({
      cameras: new Map([...cameras()].flatMap(([id, track]) => (track === null ? [] : [[id, track] as const]))),
      screen: sharing.track()
    }),
    undefined,
    { equals: samePictures }
  )
  return { scene, pictures } as const
}
