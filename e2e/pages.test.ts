import { expect, test } from "./support/fixtures.js"

const query = "?room=a-room"

test.for([
  ["/host", "Host a conference"],
  ["/host.html", "Host a conference"],
  ["/client", "Join the conference"],
  ["/client.html", "Join the conference"]
] as const)("%s opens its page and keeps the query", async ([path, heading], { open, server }) => {
  const page = await open(`${server.url}${path}${query}`)
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor()
  expect(new URL(page.url()).search).toBe(query)
})

test("a page whose scripts do not load says so after a while, until they do", async ({ expected, open, server }) => {
  expected.push(/ERR_FAILED/)
  const page = await open(`${server.url}/client${query}`, {}, async (context) => {
    await context.route("**/*.js", (route) => route.abort())
  })
  const words = page.getByText("This page has not loaded yet")
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish()
  })
  await words.waitFor()
  await page.context().unroute("**/*.js")
  await page.getByRole("link", { name: "Reload" }).click()
  await page.getByRole("heading", { name: "Join the conference", level: 1 }).waitFor()
  expect(new URL(page.url()).search).toBe(query)
  expect(await words.isVisible()).toBe(false)
})

test("the first page starts a conference in a room of its own", async ({ open, server }) => {
  const page = await open(`${server.url}/`)
  await page.getByRole("button", { name: "Start a conference" }).click()
  await page.waitForURL(/\/host\?room=[A-Za-z0-9_-]{22}$/)
  await page.getByRole("button", { name: "Start Listening" }).click()
  const link = await page.getByLabel("Invite link").inputValue()
  expect(link).toBe(page.url().replace("/host?", "/client?"))
})

test("the API's document is a page that sends no request to another host", async ({ open, server }) => {
  const page = await open(`${server.url}/docs`)
  await page.getByRole("heading", { name: /CF Video Conference/ }).waitFor()
  await page.getByText("/turn-credentials").first().waitFor()
})

test("the OpenAPI document can be read from any origin", async ({ server }) => {
  const response = await fetch(`${server.url}/openapi.json`)
  expect(response.headers.get("access-control-allow-origin")).toBe("*")
  expect(await response.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) })
})

test("an unknown path gets the service's own answer", async ({ server }) => {
  const response = await fetch(`${server.url}/nowhere`)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ _tag: "RouteNotFound" })
  for (const path of ["/404", "/404.html"]) {
    const page = await fetch(`${server.url}${path}`, { headers: { accept: "text/html" }, redirect: "manual" })
    expect([path, page.status, page.headers.get("content-type")]).toEqual([path, 404, "text/html; charset=utf-8"])
  }
})

test("the cron runs to its end", async ({ server }) => {
  await server.fireCron()
})

test("a guest who refuses the camera is told what to do", async ({ open, server }) => {
  const page = await open(`${server.url}/client${query}`, {}, (context) =>
    context
      .addInitScript(() => {
        // The empty page that comes first has no mediaDevices.
        Object.assign(navigator.mediaDevices ?? {}, {
          getUserMedia: () => Promise.reject(new DOMException("Permission denied", "NotAllowedError"))
        })
      })
      .then(() => undefined)
  )
  await page.getByRole("alert").filter({ hasText: "This page may not use your camera" }).waitFor()
})

test("a guest without a camera and a microphone is told what to do", async ({ open, server }) => {
  const page = await open(`${server.url}/client${query}`, {}, (context) =>
    context
      .addInitScript(() => {
        // The empty page that comes first has no mediaDevices.
        Object.assign(navigator.mediaDevices ?? {}, {
          getUserMedia: () => Promise.reject(new DOMException("Requested device not found", "NotFoundError"))
        })
      })
      .then(() => undefined)
  )
  await page.getByRole("alert").filter({ hasText: "No camera and no microphone were found" }).waitFor()
})

test("a guest whose page's address is not secure is told why there is no camera", async ({ open, server }) => {
  // What a browser does on http:// with a real name: no mediaDevices at all.
  const page = await open(`${server.url}/client${query}`, {}, (context) =>
    context
      .addInitScript(() => {
        Object.defineProperty(navigator, "mediaDevices", { value: undefined })
        Object.defineProperty(globalThis, "isSecureContext", { value: false })
      })
      .then(() => undefined)
  )
  await page.getByRole("alert").filter({ hasText: "Browsers give no camera or microphone to this address" }).waitFor()
})
