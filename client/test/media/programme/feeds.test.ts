import { assert, describe, it } from "@effect/vitest"
import { afterEach, beforeEach, vi } from "vitest"
import { makeFeeds } from "../../../media/programme/feeds.js"
import type { Scene } from "../../../media/programme/scene.js"
import { FakeTrack } from "../../fakes/FakeMediaDevices.js"
import { person } from "./fakes.js"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const trackOf = (id: string): MediaStreamTrack => Object(new FakeTrack("camera", id, id, undefined))

/** 50 guests with cameras: guest 1 and so on, of whom these speak. */
const sceneOf = (...speaking: ReadonlyArray<number>): Scene => ({
  layout: "everyone",
  people: Array.from({ length: 50 }, (_, index) => person(`${index + 1}`, { speaking: speaking.includes(index + 1) })),
  large: null,
  sharer: null
})

const open = () => {
  const cameras = new Map(sceneOf().people.map(({ id }) => [id, trackOf(id)]))
  const happened: Array<string> = []
  const feeds = makeFeeds({
    open: (of) => {
      happened.push(`opens ${of}`)
      return () => void happened.push(`closes ${of}`)
    },
    gone: (of) => void happened.push(`${of} gone`)
  })
  feeds.setPictures({ cameras, screen: null })
  return { ...feeds, cameras, news: () => happened.splice(0) }
}

describe("what a composer takes", () => {
  it("is what the scene shows, and as much of it as fits", () => {
    const { news, show } = open()
    assert.deepStrictEqual(news(), [])
    show(sceneOf())
    assert.deepStrictEqual(
      news(),
      Array.from({ length: 24 }, (_, index) => `opens ${index + 1}`)
    )
  })

  it("changes with whoever comes into the picture, and lets go in a while of whoever is out of it", () => {
    const { news, show } = open()
    show(sceneOf())
    news()
    show(sceneOf(50))
    assert.deepStrictEqual(news(), ["opens 50"])
    vi.advanceTimersByTime(1_900)
    show(sceneOf())
    vi.advanceTimersByTime(1_900)
    assert.deepStrictEqual(news(), [])
    vi.advanceTimersByTime(100)
    assert.deepStrictEqual(news(), ["closes 50", "50 gone"])
  })

  it("is a screen while it is seen", () => {
    const { cameras, close, news, setPictures, show } = open()
    const screen = trackOf("screen")
    setPictures({ cameras: new Map([...cameras].slice(0, 1)), screen })
    show({ ...sceneOf(), layout: "one" })
    assert.deepStrictEqual(news(), ["opens 1"])
    show({ ...sceneOf(), layout: "screen", sharer: "1" })
    assert.deepStrictEqual(news(), ["opens null"])
    show({ ...sceneOf(), layout: "one" })
    vi.advanceTimersByTime(2_000)
    assert.deepStrictEqual(news(), ["closes null", "null gone"])
    close()
    vi.advanceTimersByTime(10_000)
    assert.deepStrictEqual(news(), ["closes 1", "1 gone"])
  })
})
