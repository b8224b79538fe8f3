import * as HttpApp from "@effect/platform/HttpApp"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { edge } from "../Edge.js"
import { maxDiscarded } from "../RequestBody.js"

const handle = HttpApp.toWebHandler(edge(HttpServerResponse.empty()))

/** A body of at most `chunks` chunks, and the number of chunks that were read. */
const body = (chunks: number, size: number) => {
  let pulled = 0
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (pulled === chunks) return controller.close()
      pulled += 1
      controller.enqueue(new Uint8Array(size).fill(32))
    }
  })
  return { stream, pulled: () => pulled }
}

const post = (stream: ReadableStream<Uint8Array>, headers: Readonly<Record<string, string>> = {}) => {
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: stream,
    duplex: "half"
  }
  return Effect.promise(() => handle(new Request("http://localhost/signaling", init)))
}

describe("the edge", () => {
  it.effect("refuses a body beyond its limit, and stops reading it", () =>
    Effect.gen(function* () {
      const endless = body(Number.POSITIVE_INFINITY, 16_384)
      const response = yield* post(endless.stream)
      assert.strictEqual(response.status, 413)
      // The discarded chunks and one more, and those that streams read ahead.
      assert.isAtMost(endless.pulled(), maxDiscarded / 16_384 + 3)
    })
  )

  it.effect("does not read a body whose Content-Length is too large", () =>
    Effect.gen(function* () {
      const endless = body(Number.POSITIVE_INFINITY, 16_384)
      const response = yield* post(endless.stream, { "content-length": String(maxDiscarded + 1) })
      assert.strictEqual(response.status, 413)
      assert.isAtMost(endless.pulled(), 1)
    })
  )

  it.effect("reads a slightly too large body to its end, so that its sender can read the answer", () =>
    Effect.gen(function* () {
      const large = body(5, 16_384)
      assert.strictEqual((yield* post(large.stream)).status, 413)
      assert.strictEqual(large.pulled(), 5)
    })
  )

  it.effect("refuses a body in too many chunks, with a message of its own", () =>
    Effect.gen(function* () {
      const response = yield* post(body(8_193, 1).stream)
      assert.strictEqual(response.status, 413)
      assert.include(yield* Effect.promise(() => response.text()), "more than 8,192 pieces")
    })
  )

  it.effect("parses a body of exactly the limit", () =>
    Effect.gen(function* () {
      const response = yield* post(body(4, 16_384).stream)
      assert.strictEqual(response.status, 400)
    })
  )
})
