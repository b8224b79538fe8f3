import type { Pen, Still } from "../../../media/programme/draw.js"
import type { ScenePerson } from "../../../media/programme/scene.js"

/** A person with camera and microphone, whose name is the id. */
export const person = (id: string, how: Partial<ScenePerson> = {}): ScenePerson => ({
  id,
  name: id,
  camera: true,
  microphone: true,
  hand: false,
  speaking: false,
  ...how
})

/** A path that keeps its text: Node has none. */
export class FakePath {
  constructor(readonly text: string) {}
}

interface Call {
  readonly name: string
  readonly arguments: ReadonlyArray<unknown>
  readonly direction: string
}

/** A frame that records whether it was closed. */
export class FakeFrame {
  closed = false
  readonly displayHeight: number
  readonly displayWidth: number
  constructor(
    readonly name: string,
    { height = 360, width = 640 } = {}
  ) {
    this.displayWidth = width
    this.displayHeight = height
  }
  close() {
    this.closed = true
  }
}

export const isFrame = (one: unknown): one is VideoFrame => one instanceof FakeFrame

/** A fake frame with the type of a real one. */
export const frameOf = (fake: FakeFrame): VideoFrame => {
  if (!isFrame(fake)) throw new Error("It is one.")
  return fake
}

export const stillOf = (fake: FakeFrame): Still => ({
  image: frameOf(fake),
  width: fake.displayWidth,
  height: fake.displayHeight
})

/** A pen that records what it draws. Each UTF-16 unit of a text is 10 pixels wide. */
export const makeFakePen = () => {
  const calls: Array<Call> = []
  const state: Record<string, unknown> = { direction: "ltr" }
  let problem: string | null = null
  const pen = new Proxy(state, {
    get: (_, name) => {
      if (name === "measureText") return (text: string) => ({ width: 10 * text.length })
      return (...args: ReadonlyArray<unknown>) => {
        if (problem !== null) throw new Error(problem)
        calls.push({ name: String(name), arguments: args, direction: String(state.direction) })
      }
    }
  })
  const isPen = (one: unknown): one is Pen => one === pen
  if (!isPen(pen)) throw new Error("It is one.")
  const of = (name: string) => calls.filter((call) => call.name === name)
  return {
    pen,
    texts: () => of("fillText").map(({ arguments: [text] }) => text),
    /** The names of the frames that were drawn. */
    frames: () => of("drawImage").flatMap(({ arguments: [image] }) => (image instanceof FakeFrame ? [image.name] : [])),
    of,
    /** Draws nothing from now on, for this reason; null: it draws again. */
    fail: (reason: string | null) => {
      problem = reason
    },
    clear: () => void calls.splice(0)
  }
}

/** Lets streams and promises settle. */
export const settled = () => new Promise((resolve) => setTimeout(resolve))
