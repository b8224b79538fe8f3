import type { Browser } from "playwright-core"
import type { Server } from "../scripts/Server.js"
import { launchAudible } from "./support/browser.js"
import { FirefoxPage, launchFirefox, stunForFirefox } from "./support/firefox.js"
import { test as base, expect, type Open, withServer } from "./support/fixtures.js"
import { openGuest, openHost, type Person } from "./support/people.js"
import { type PulseAudio, startPulseAudio } from "./support/pulseAudio.js"
import { colourOf, humming, replaceDevices } from "./support/sound.js"

/** Everyone's voice, in hertz: none is a multiple of another. */
const tones = { host: 433, ada: 719, grace: 1151, fay: 1777 } as const
type Who = keyof typeof tones
const allTones = Object.values(tones)
const everyone = ["host", "ada", "grace"] as const

/** Everyone's loudspeaker, as on machines of their own, and a spare one. */
const loudspeakers = [...everyone, "fay", "spare"] as const

/** Who is heard from which loudspeaker. Loudspeakers left out are not checked. */
type Heard = Readonly<Partial<Record<(typeof loudspeakers)[number], ReadonlyArray<Who>>>>

const allOthers = { host: ["ada", "grace"], ada: ["host", "grace"], grace: ["host", "ada"] } as const satisfies Heard

interface Meeting {
  /** Waits until each of these loudspeakers plays these voices, and no others, for a second. */
  readonly hears: (heard: Heard) => Promise<void>
  /** A host who speaks, in their own browser or in this one. */
  readonly host: (browser?: Browser) => Promise<Person>
  /** A guest who joins with the camera off and the microphone on. */
  readonly join: (who: "ada" | "grace") => Promise<Person>
}

interface Fixtures {
  readonly server: Server
  readonly pulse: PulseAudio
  readonly browsers: Readonly<Record<(typeof everyone)[number], Browser>>
  readonly browser: Browser
  readonly meeting: Meeting
}

const names = { ada: "Ada", grace: "Grace" } as const

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's dependencies from this pattern.
  server: [async ({}, use) => withServer(stunForFirefox, use), { scope: "file" }],
  pulse: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const pulse = await startPulseAudio(loudspeakers)
      await use(pulse)
      await pulse.stop()
    },
    { scope: "file" }
  ],
  browsers: [
    async ({ pulse }, use) => {
      const start = (who: Who) => launchAudible(pulse.environmentOf(who))
      const [host, ada, grace] = await Promise.all([start("host"), start("ada"), start("grace")])
      await use({ host, ada, grace })
      await Promise.all([host, ada, grace].map((browser) => browser.close()))
    },
    { scope: "file" }
  ],
  browser: [async ({ browsers }, use) => use(browsers.host), { scope: "file" }],
  meeting: async ({ browsers, open, pulse, room, server }, use) => {
    const on =
      (browser: Browser): Open =>
      (url, options, prepare) =>
        open(url, { ...options, permissions: ["camera", "microphone"] }, prepare, browser)
    await use({
      hears: async (heard) => {
        const each = loudspeakers.flatMap((name) => (heard[name] === undefined ? [] : { name, voices: heard[name] }))
        const played = await Promise.allSettled(
          each.map(({ name, voices }) =>
            pulse.loudspeaker(name).waitForTones(
              voices.map((voice) => tones[voice]),
              allTones
            )
          )
        )
        expect(played.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []))).toEqual([])
      },
      host: async (browser = browsers.host) => {
        const host = await openHost(on(browser), server.url, room, humming(tones.host))
        await host.button("Unmute").click()
        return host
      },
      join: (who) =>
        openGuest(on(browsers[who]), server.url, room, names[who], {
          as: humming(tones[who]),
          before: (page) => page.getByRole("button", { name: "Stop video" }).click()
        })
    })
  }
})

/** A page may play no sound before somebody has pressed anything since it was loaded. */
const pressAnywhere = async (person: Person) => {
  await person.button("Leave").waitFor()
  await person.page.mouse.click(640, 10)
}

test("with every camera off all hear all others and nobody themselves, through mutes, talkback and layouts", async ({
  meeting
}) => {
  const host = await meeting.host()
  const ada = await meeting.join("ada")
  const grace = await meeting.join("grace")
  await meeting.hears(allOthers)

  await grace.button("Mute").click()
  await meeting.hears({ host: ["ada"], ada: ["host"], grace: ["host", "ada"] })
  await grace.button("Unmute").click()
  await meeting.hears(allOthers)

  await host.panel("People")
  await host.button("Mute Ada").click()
  await meeting.hears({ host: ["grace"], ada: ["host", "grace"], grace: ["host"] })
  await ada.button("Unmute").click()
  await meeting.hears(allOthers)
  await host.button("Mute").click()
  await meeting.hears({ host: ["ada", "grace"], ada: ["grace"], grace: ["ada"] })

  // A muted host who speaks to one guest is unmuted meanwhile.
  await host.act("Ada", "Speak to Ada alone")
  await meeting.hears({ host: ["ada", "grace"], ada: ["host", "grace"], grace: ["ada"] })
  await host.button("Speak to all again").click()
  await meeting.hears({ host: ["ada", "grace"], ada: ["grace"], grace: ["ada"] })
  await host.button("Unmute").click()
  await meeting.hears(allOthers)

  await ada.button("Start video").click()
  await host.sees("Ada")
  await host.act("Ada", "Show Ada to all")
  await grace.page.getByLabel("Everyone in one picture, Ada large").waitFor()
  await meeting.hears(allOthers)
  await ada.button("Stop video").click()
  await host.figure("Ada").getByText("No picture").waitFor()
  await meeting.hears(allOthers)
})

test("all hear all others after a guest's reload, and after the host's", async ({ meeting }) => {
  const host = await meeting.host()
  const ada = await meeting.join("ada")
  await meeting.join("grace")
  await meeting.hears(allOthers)
  await ada.page.reload()
  await pressAnywhere(ada)
  await meeting.hears(allOthers)
  await host.page.reload()
  await pressAnywhere(host)
  await meeting.hears(allOthers)
})

test("a waiting guest hears nobody and is not heard until admitted, and a picked speaker plays", async ({
  meeting
}) => {
  const host = await meeting.host()
  await host.panel("People")
  await host.flip("Waiting room", true)
  const ada = await meeting.join("ada")
  await ada.page.getByRole("status").getByText("You are in the waiting room").waitFor()
  await meeting.hears({ host: [], ada: [] })
  await host.button("Let Ada in").click()
  await meeting.hears({ host: ["ada"], ada: ["host"], spare: [] })

  await (await ada.panel("Settings")).getByLabel("Speaker", { exact: true }).selectOption({ label: "spare" })
  await meeting.hears({ host: ["ada"], ada: [], spare: ["host"] })
})

test("a guest with Firefox hears all others and is heard by them", async ({ meeting, pulse, room, server }) => {
  await meeting.host()
  await meeting.join("ada")
  const firefox = await launchFirefox(pulse.environmentOf("fay"))
  try {
    await FirefoxPage.join(firefox, `${server.url}/client?room=${room}`, "Fay", (page) =>
      page.evaluateOnNewDocument(replaceDevices, { colour: colourOf(tones.fay), frequency: tones.fay })
    )
    await meeting.hears({ host: ["ada", "fay"], ada: ["host", "fay"], fay: ["host", "ada"] })
  } finally {
    await firefox.close()
  }
})

test("a host whose machine has no sound output is told so while guests hear each other, and an output plugged in later plays", async ({
  meeting
}) => {
  const pulse = await startPulseAudio([])
  const silent = await launchAudible(pulse.environment)
  try {
    const host = await meeting.host(silent)
    await meeting.join("ada")
    await meeting.join("grace")
    const notice = host.page.getByText("No sound output was found")
    await notice.waitFor()
    await host.page.getByText("Until then you hear nobody").waitFor()
    await meeting.hears({ ada: ["host", "grace"], grace: ["host", "ada"] })

    await pulse.plugIn("late")
    await notice.waitFor({ state: "detached" })
    await pulse.loudspeaker("late").waitForTones([tones.ada, tones.grace], allTones)
    await meeting.hears({ ada: ["host", "grace"], grace: ["host", "ada"] })
  } finally {
    await silent.close()
    await pulse.stop()
  }
})

test("all hear each other again once the host's only loudspeaker is unplugged and another one is there", async ({
  expected,
  meeting
}) => {
  expected.push(/AudioContext encountered an error from the audio device/)
  const pulse = await startPulseAudio([])
  await pulse.plugIn("only")
  const browser = await launchAudible(pulse.environment)
  try {
    const host = await meeting.host(browser)
    await meeting.join("ada")
    await meeting.join("grace")
    await pulse.loudspeaker("only").waitForTones([tones.ada, tones.grace], allTones)
    // The fake microphone's tone stops with that loudspeaker, which a real microphone does not.
    await host.button("Mute").click()
    await pulse.unplug("only")
    const notice = host.page.getByText("No sound output was found")
    await notice.waitFor()
    await pulse.plugIn("other")
    await notice.waitFor({ state: "detached" })
    await pulse.loudspeaker("other").waitForTones([tones.ada, tones.grace], allTones)
    await meeting.hears({ ada: ["grace"], grace: ["ada"] })
  } finally {
    await browser.close()
    await pulse.stop()
  }
})
