import { readFileSync } from "node:fs"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { ask, BuiltWorker } from "./server.js"

const readDocument = (): unknown =>
  JSON.parse(readFileSync(new URL("../../spec/openapi.json", import.meta.url), "utf8"))

const pages = ["/", "/host", "/client"]

const placed = BuiltWorker.layer({ ALLOWED_ORIGINS: "https://example.com", DEFAULT_ROOM: "lobby" })

layer(placed, { timeout: 60_000 })("the pages", (it) => {
  it.effect("run only their own scripts, ask only for permissions that they need, and send no referrer", () =>
    Effect.gen(function* () {
      for (const path of pages) {
        const { headers, status, text } = yield* ask(path)
        const policy = headers.get("content-security-policy") ?? ""
        assert.strictEqual(status, 200)
        assert.include(policy, "default-src 'none'")
        assert.match(policy, /script-src 'self';/)
        assert.notMatch(policy, /unsafe/)
        assert.include(headers.get("permissions-policy"), "camera=(self)")
        assert.strictEqual(headers.get("referrer-policy"), "no-referrer")
        assert.strictEqual(headers.get("x-content-type-options"), "nosniff")
        assert.notMatch(text, /<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/)
      }
    })
  )

  it.effect("make browsers use HTTPS, except on localhost", () =>
    Effect.gen(function* () {
      const { url } = yield* BuiltWorker
      const deployed = url.replace("localhost", "127.0.0.1")
      for (const path of pages) {
        assert.isNull((yield* ask(path)).headers.get("strict-transport-security"))
        assert.include((yield* ask(`${deployed}${path}`)).headers.get("strict-transport-security") ?? "", "max-age=")
      }
    })
  )

  it.effect("may be framed only by this deployment and ALLOWED_ORIGINS", () =>
    Effect.gen(function* () {
      for (const path of pages) {
        const { headers } = yield* ask(path)
        assert.include(headers.get("content-security-policy"), "frame-ancestors 'self' https://example.com")
      }
    })
  )

  it.effect("report the default room", () =>
    Effect.gen(function* () {
      for (const path of pages) {
        assert.strictEqual((yield* ask(path)).headers.get("server-timing"), 'default-room;desc="lobby"')
      }
    })
  )

  it.effect("open at paths with and without .html, and keep the query", () =>
    Effect.gen(function* () {
      for (const name of ["host", "client"]) {
        const { headers, status } = yield* ask(`/${name}.html?room=a`)
        assert.deepStrictEqual([status, headers.get("location")], [307, `/${name}?room=a`])
      }
    })
  )

  it.effect("include one for unknown addresses, where programs get an error in JSON", () =>
    Effect.gen(function* () {
      const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" }
      for (const path of ["/nowhere", "/hosts?room=a", "/assets/gone.js", "/404.txt", "/signaling/x"]) {
        const page = yield* ask(path, { headers: browser })
        assert.strictEqual(page.status, 404, path)
        assert.include(page.headers.get("content-type"), "text/html")
        assert.include(page.text, '<a href="/">')
        assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'.*frame-ancestors 'self'/)
        assert.strictEqual(page.headers.get("cache-control"), "no-store")
        for (const [method, headers] of [
          ["GET", {}],
          ["GET", { accept: "application/json" }],
          ["POST", browser]
        ] as const) {
          const { json, status } = yield* ask(path, { method, headers })
          assert.deepStrictEqual([status, json._tag], [404, "RouteNotFound"], `${method} ${path}`)
        }
      }
      assert.strictEqual((yield* ask("/health", { headers: browser })).status, 200)
    })
  )

  it.effect("are served with the OpenAPI document and Swagger UI", () =>
    Effect.gen(function* () {
      const document = yield* ask("/openapi.json", { headers: { origin: "https://anywhere.example" } })
      assert.deepStrictEqual(document.json, readDocument())
      assert.strictEqual(document.headers.get("access-control-allow-origin"), "*")
      assert.strictEqual((yield* ask("/docs")).status, 200)
    })
  )
})
