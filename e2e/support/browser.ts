import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { type Browser, type BrowserContext, chromium } from "playwright-core"
import { launch as launchTabs } from "puppeteer-core"
import type { Breakable } from "./network.js"
import { findTool } from "./tools.js"

/**
 * Features of Chromium that no test needs: the list under the address bar, which is a page in each window, and a spare
 * process for the next page. A call of three pages costs a third less without them. This list replaces Playwright's
 * own, of which the first three are.
 */
const withoutFeatures = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "PaintHolding",
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "SpareRendererForSitePerProcess"
]

/** Arguments of every browser of the tests: for a machine without a screen, and with no access to other hosts. */
const commonArguments = [
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
 * The limit of every wait for a page, in milliseconds: a busy machine takes several times as long as an idle one, and a
 * call that is started again needs 15 seconds for that.
 */
export const pagePatience = 40_000

const options = (fps: number) => ({
  executablePath: findTool("chromium"),
  args: [
    ...commonArguments,
    "--use-fake-ui-for-media-stream",
    `--use-fake-device-for-media-stream=device-count=3,fps=${fps}`,
    "--autoplay-policy=no-user-gesture-required"
  ]
})

/** Few frames a second: calls run beside each other, and tests check that frames flow, not how many. */
const defaultFps = 10

/** Headless, with three fake cameras and no access to other hosts. Camera 1 previews but sends nothing. */
export const launch = (fps = defaultFps): Promise<Browser> => chromium.launch(options(fps))

/**
 * The same, with tabs that hide each other, as in real use: Playwright makes all its pages believe they are visible.
 */
export const launchWithTabs = () => launchTabs(options(defaultFps))

/** The same, started by this program, which gives it a network of its own, with access to every host by address. */
export const launchThrough = (program: string, fps: number): Promise<Browser> => {
  const { args } = options(fps)
  return chromium.launch({ executablePath: program, args: [...args, "--host-resolver-rules="] })
}

/**
 * Headless, and otherwise as people have it: it plays sound to the loudspeaker of this environment, and lets no page
 * play sound before it was touched. It has no devices but those that a test gives to its pages.
 */
export const launchAudible = (env: NodeJS.ProcessEnv): Promise<Browser> =>
  chromium.launch({
    executablePath: findTool("chromium"),
    env,
    args: commonArguments,
    ignoreDefaultArgs: ["--mute-audio"]
  })

/** A browser with processes of its own, which can be put to sleep: `cut` stops them all, `mend` continues them. */
export interface Laptop extends Breakable {
  readonly browser: Browser
  readonly close: () => Promise<void>
}

const signal = ({ pid }: ChildProcess, name: NodeJS.Signals) => {
  // Playwright starts a browser as the leader of a process group, to which its children belong.
  if (pid !== undefined) process.kill(-pid, name)
}

export const openLaptop = async (): Promise<Laptop> => {
  const server = await chromium.launchServer(options(defaultFps))
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
  // Detached: in a process group of its own, so that all its processes can be ended together.
  const child = spawn(executablePath, [...args, ...own], { detached: true, stdio: ["ignore", "ignore", "pipe"] })
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const over = once(child, "exit")
    signal(child, "SIGKILL")
    await over
  }
  const address = new Promise<string>((resolve, reject) => {
    let output = ""
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text
      const [, found] = /DevTools listening on (ws:\S+)/.exec(output) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once("exit", () => reject(new Error(`Chromium has ended: ${output}`)))
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
