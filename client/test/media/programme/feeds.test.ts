import { assert, describe, it } from "@effect/vitest"
import { makeFeeds } from "../../../media/programme/feeds.js"
import { FakeTrack } from "../../fakes/FakeMediaDevices.js"

const trackOf = (id: string): MediaStreamTrack => Object(new FakeTrack("camera", id, id, undefined))

const open = () => {
  const happened: Array<string> = []
  const feeds = makeFeeds({
    open: (of, { id }) => {
      happened.push(`opens ${id} of ${of}`)
      return () => void happened.push(`closes ${id}`)
    },
    gone: (of) => void happened.push(`${of} gone`)
  })
  return { ...feeds, news: () => happened.splice(0) }
}

describe("the pictures that a composer takes", () => {
  it("are every present camera and the screen, once each, until they are gone", () => {
    const { close, news, setPictures } = open()
    const [ada, grace, screen] = [trackOf("camera 1"), trackOf("camera 2"), trackOf("desktop")]
    setPictures({ cameras: new Map([["ada", ada]]), screen })
    assert.deepStrictEqual(news(), ["opens camera 1 of ada", "opens desktop of null"])
    const cameras = new Map([
      ["ada", ada],
      ["grace", grace]
    ])
    setPictures({ cameras, screen })
    assert.deepStrictEqual(news(), ["opens camera 2 of grace"])
    setPictures({ cameras, screen: null })
    assert.deepStrictEqual(news(), ["closes desktop", "null gone"])
    close()
    assert.deepStrictEqual(news(), ["closes camera 1", "closes camera 2", "ada gone", "grace gone"])
  })

  it("are those of a person's newest camera, with no gap after the previous one", () => {
    const { news, setPictures } = open()
    setPictures({ cameras: new Map([["ada", trackOf("camera 1")]]), screen: null })
    news()
    setPictures({ cameras: new Map([["ada", trackOf("camera 2")]]), screen: null })
    assert.deepStrictEqual(news(), ["closes camera 1", "opens camera 2 of ada"])
  })
})
