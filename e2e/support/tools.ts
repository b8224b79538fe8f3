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

interface Tool {
  readonly look: () => string | undefined
  /** The Debian package that contains it. */
  readonly debian: string
  readonly missing: string
}

const pulseAudioTool = (name: string): Tool => ({
  look: () => onPath([name]),
  debian: "pulseaudio-utils",
  missing: `The tests at the loudspeaker need \`${name}\` on the path. Install PulseAudio's tools (Debian: apt-get install pulseaudio-utils; macOS: brew install pulseaudio).`
})

const ffmpegTool = (name: string): Tool => ({
  look: () => onPath([name]),
  debian: "ffmpeg",
  missing: `The tests of recordings need \`${name}\` on the path. Install ffmpeg (Debian: apt-get install ffmpeg; macOS: brew install ffmpeg).`
})

const tools = {
  chromium: {
    look: () => {
      const own = chromium.executablePath()
      const installed = onPath(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"])
      return installed ?? (existsSync(own) ? own : undefined)
    },
    debian: "chromium",
    missing:
      "The tests in browsers need Chromium. Install it (Debian: apt-get install chromium; elsewhere: npx playwright-core install chromium)."
  },
  firefox: {
    look: () => onPath(["firefox-esr", "firefox"]),
    debian: "firefox-esr",
    missing:
      "The tests with a second browser need Firefox on the path. Install it (Debian: apt-get install firefox-esr; macOS: brew install firefox)."
  },
  ffprobe: ffmpegTool("ffprobe"),
  ffmpeg: ffmpegTool("ffmpeg"),
  coturn: {
    look: () => onPath(["turnserver"]),
    debian: "coturn",
    missing:
      "The tests of relayed calls need coturn's `turnserver` on the path. Install it (Debian: apt-get install coturn; macOS: brew install coturn)."
  },
  pkill: {
    look: () => onPath(["pkill"]),
    debian: "procps",
    missing: "The test of `npm start` needs `pkill` on the path. Install it (Debian: apt-get install procps)."
  },
  pulseaudio: {
    look: () => onPath(["pulseaudio"]),
    debian: "pulseaudio",
    missing:
      "The tests at the loudspeaker need `pulseaudio` on the path. Install PulseAudio (Debian: apt-get install pulseaudio pulseaudio-utils; macOS: brew install pulseaudio)."
  },
  parec: pulseAudioTool("parec"),
  pactl: pulseAudioTool("pactl")
} as const satisfies Record<string, Tool>

type ToolName = keyof typeof tools

/**
 * Installs the tools that this machine lacks, if it is possible: as root, with apt. Run before any test starts, because
 * downloads may take longer than a test may. A tool that is still missing fails the tests that need it.
 */
export const installTools = (...names: ReadonlyArray<ToolName>): void => {
  const packages = names.map((name) => tools[name]).flatMap(({ debian, look }) => (look() === undefined ? debian : []))
  if (packages.length === 0 || process.getuid?.() !== 0 || onPath(["apt-get"]) === undefined) return
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  const apt = (...parameters: ReadonlyArray<string>) => spawnSync("apt-get", parameters, { env, stdio: "inherit" })
  apt("update")
  // One by one, so that a package that this system does not have fails alone.
  for (const name of packages) apt("install", "-y", "--no-install-recommends", name)
}

/** All that the tests need. */
export const installAllTools = (): void =>
  installTools("chromium", "firefox", "ffprobe", "ffmpeg", "coturn", "pkill", "pulseaudio", "parec", "pactl")

/** The program's path. Throws if it is missing, because a skipped test would prove nothing. */
export const findTool = (name: ToolName): string => {
  const { look, missing } = tools[name]
  const found = look()
  if (found === undefined) throw new Error(missing)
  return found
}
