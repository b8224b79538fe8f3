import type { ChildProcess } from "node:child_process"
import { type Browser, chromium } from "playwright-core"
import type { Breakable } from "./network.js"
import { findTool } from "./tools.js"

const options = (fps: number) => ({
  executablePath: findTool("chromium"),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    `--use-fake-device-for-media-stream=device-count=3,fps=${fps}`,
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
  ]
})

/** Headless, with three fake cameras and no way to any host but this one. Camera 1 previews but sends nothing. */
export const launch = (fps = 30): Promise<Browser> => chromium.launch(options(fps))

/** A browser with processes of its own, which can be put to sleep: `cut` stops them all, `mend` wakes them. */
export interface Laptop extends Breakable {
  readonly browser: Browser
  readonly close: () => Promise<void>
}

const signal = ({ pid }: ChildProcess, name: NodeJS.Signals) => {
  // Playwright starts a browser as the leader of a group, which its children belong to.
  if (pid !== undefined) process.kill(-pid, name)
}

export const openLaptop = async (fps: number): Promise<Laptop> => {
  const server = await chromium.launchServer(options(fps))
  const browser = await chromium.connect(server.wsEndpoint())
  return {
    browser,
    cut: async () => signal(server.process(), "SIGSTOP"),
    mend: async () => signal(server.process(), "SIGCONT"),
    close: () => server.close()
  }
}
