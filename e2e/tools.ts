import { spawnSync } from "node:child_process"
import { accessSync, constants, existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { chromium } from "playwright-core"

const windows = process.platform === "win32"

const onPath = (names: ReadonlyArray<string>): string | undefined => {
  const directories = (process.env.PATH ?? "").split(delimiter).filter((directory) => directory !== "")
  const files = directories.flatMap((directory) => names.map((name) => join(directory, windows ? `${name}.exe` : name)))
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Installs a package of Debian's where this machine lets us: as root, with apt. */
const install = (name: string): void => {
  if (process.getuid?.() !== 0 || onPath(["apt-get"]) === undefined) return
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  const apt = (...parameters: ReadonlyArray<string>) => spawnSync("apt-get", parameters, { env, stdio: "inherit" })
  apt("update")
  apt("install", "-y", "--no-install-recommends", name)
}

const find = (look: () => string | undefined, debian: string, otherwise: string): string => {
  const there = look()
  if (there !== undefined) return there
  install(debian)
  const installed = look()
  if (installed !== undefined) return installed
  throw new Error(otherwise)
}

/** The browser of the tests. A machine without one fails them: a test that did not run shows nothing. */
export const findChromium = (): string =>
  find(
    () => {
      const own = chromium.executablePath()
      const installed = onPath(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"])
      return installed ?? (existsSync(own) ? own : undefined)
    },
    "chromium",
    "The tests in browsers need Chromium. Install it (Debian: apt-get install chromium; elsewhere: npx playwright-core install chromium)."
  )

/** The second browser of the tests: the pages are for every browser, and one alone shows its own habits. */
export const findFirefox = (): string =>
  find(
    () => onPath(["firefox-esr", "firefox"]),
    "firefox-esr",
    "The tests with a second browser need Firefox on the path. Install it (Debian: apt-get install firefox-esr; macOS: brew install firefox)."
  )

/** What tells the tests what is in a recording. */
export const findFfprobe = (): string =>
  find(
    () => onPath(["ffprobe"]),
    "ffmpeg",
    "The tests of recordings need `ffprobe` on the path. Install ffmpeg (Debian: apt-get install ffmpeg; macOS: brew install ffmpeg)."
  )

/** The TURN server of the tests. */
export const findCoturn = (): string =>
  find(
    () => onPath(["turnserver"]),
    "coturn",
    "The tests of relayed calls need coturn's `turnserver` on the path. Install it (Debian: apt-get install coturn; macOS: brew install coturn)."
  )
