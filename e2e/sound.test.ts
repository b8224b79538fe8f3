import { expect, test } from "./fixtures.js"
import { openGuest, openHost, type Person } from "./people.js"
import { heard, humming } from "./sound.js"

/** Of the host, of Ada and of Grace, in hertz: no multiple of one is another. */
const tones = [440, 710, 1130] as const

/** In decibels: what is heard is far above, what is not far below. */
const audible = -60

const hears = async (person: Person) => (await heard(person.page, tones)).map((level) => level > audible)

test("guests hear each other and the host but never themselves, and the host may speak to one alone", async ({
  open,
  room,
  server
}) => {
  const host = await openHost(open, server.url, room, humming(tones[0]))
  const ada = await openGuest(open, server.url, room, "Ada", { as: humming(tones[1]) })
  const grace = await openGuest(open, server.url, room, "Grace", { as: humming(tones[2]) })
  await host.sees("Ada")
  await host.sees("Grace")
  await expect.poll(() => hears(ada), { timeout: 15_000 }).toEqual([false, false, true])
  await expect.poll(() => hears(grace), { timeout: 15_000 }).toEqual([false, true, false])

  await host.button("Unmute microphone").click()
  await expect.poll(() => hears(ada), { timeout: 15_000 }).toEqual([true, false, true])
  await expect.poll(() => hears(grace), { timeout: 15_000 }).toEqual([true, true, false])

  await host.figure("Ada").hover()
  await host.button("Speak to Ada alone").click()
  await ada.page.getByText("The host speaks to you alone").waitFor()
  await expect.poll(() => hears(grace), { timeout: 15_000 }).toEqual([false, true, false])
  await expect.poll(() => hears(ada), { timeout: 15_000 }).toEqual([true, false, true])
  await host.button("Speak to all again").click()
  await expect.poll(() => hears(grace), { timeout: 15_000 }).toEqual([true, true, false])

  // Who mutes is silent for all, and the device is let go.
  await grace.button("Mute microphone").click()
  await expect.poll(() => hears(ada), { timeout: 15_000 }).toEqual([true, false, false])
  await host.figure("Grace").getByRole("img", { name: "Microphone off" }).waitFor()
})
