import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { type Browser, type BrowserContext, chromium } from "playwright-core"
import { launch as launchTabs } from "puppeteer-core"
import type { Breakable } from "./network.js"
import { findTool } from "./tools.js"

/**
 * What of Chromium no test looks at: the list under the address bar, which is a page in each window, and a process that
 * waits for the next page. A call of three pages costs a third less without them. Playwright's own list does not count
 * beside this one: its first three are here.
 */
const withoutFeatures = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "PaintHolding",
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "SpareRendererForSitePerProcess"
]

/** What every browser of the tests needs on a machine without a screen, and with no way to any host but this one. */
const usual = [
  `--disable-features=${withoutFeatures.join()}`,
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--allow-loopback-in-peer-connection",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
]

/**
 * Whatever a page is waited for is there before this, in milliseconds: a busy machine takes several times as long as an
 * idle one, and a call that is begun again needs 15 seconds for that alone.
 */
export const pagePatience = 40_000

const options = (fps: number) => ({
  executablePath: findTool("chromium"),
  args: [
    ...usual,
    "--use-fake-ui-for-media-stream",
    `--use-fake-device-for-media-stream=device-count=3,fps=${fps}`,
    "--autoplay-policy=no-user-gesture-required"
  ]
})

/** Few frames: calls run beside each other, and what is judged is that frames flow, not how many. */
const usualFps = 10

/** Headless, with three fake cameras and no way to any host but this one. Camera 1 previews but sends nothing. */
export const launch = (fps = usualFps): Promise<Browser> => chromium.launch(options(fps))

/** The same, where tabs hide each other, as people's do: Playwright has all its pages believe that they are looked at. */
export const launchWithTabs = () => launchTabs(options(usualFps))

/** The same, started by this program, which gives it a network of its own: every host there, by its address. */
export const launchThrough = (program: string, fps: number): Promise<Browser> => {
  const { args } = options(fps)
  return chromium.launch({ executablePath: program, args: [...args, "--host-resolver-rules="] })
}

/**
 * Headless, and otherwise as people have it: it plays what its pages play, to the loudspeaker of this environment, and
 * lets no page play before somebody has touched it. It has no devices but those that a test gives to its pages.
 */
export const launchAudible = (env: NodeJS.ProcessEnv): Promise<Browser> =>
  chromium.launch({
    executablePath: findTool("chromium"),
    env,
    args: usual,
    ignoreDefaultArgs: ["--mute-audio"]
  })

/** A browser with processes of its own, which can be put to sleep: `cut` stops them all, `mend` wakes them. */
export interface Laptop extends Breakable {
  readonly browser: Browser
  readonly close: () => Promise<void>
}

const signal = ({ pid }: ChildProcess, name: NodeJS.Signals) => {
  // Playwright starts a browser as the leader of a group, which its children belong to.
  if (pid !== undefined) process.kill(-pid, name)
}

export const openLaptop = async (): Promise<Laptop> => {
  const server = await chromium.launchServer(options(usualFps))
  const browser = await chromium.connect(server.wsEndpoint())
  return {
    browser,
    cut: async () => signal(server.process(), "SIGSTOP"),
    mend: async () => signal(server.process(), "SIGCONT"),
    close: () => server.close()
  }
}

/** A browser that keeps what its pages store in this directory, as a person's own does. */
export interface Profile {
  readonly context: BrowserContext
  /** Ends all its processes at once, as a power cut does. */
  readonly kill: () => Promise<void>
}

export const openProfile = async (directory: string): Promise<Profile> => {
  const { args, executablePath } = options(30)
  const own = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${directory}`, "about:blank"]
  // A group of its own, so that all its processes can be ended together.
  const child = spawn(executablePath, [...args, ...own], { detached: true, stdio: ["ignore", "ignore", "pipe"] })
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const over = once(child, "exit")
    signal(child, "SIGKILL")
    await over
  }
  const address = new Promise<string>((resolve, reject) => {
    let said = ""
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text
      const [, found] = /DevTools listening on (ws:\S+)/.exec(said) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once("exit", () => reject(new Error(`Chromium has ended: ${said}`)))
    child.once("error", reject)
  })
  try {
    const [context] = (await chromium.connectOverCDP(await address)).contexts()
    if (context === undefined) throw new Error("Chromium has no profile.")
    context.setDefaultTimeout(pagePatience)
    return { context, kill }
  } catch (cause) {
    await kill()
    throw cause
  }
}
