import { createBuilder, type LogLevel } from "vite"
import { Problem } from "./Problem.js"
import { paths } from "./paths.js"

/** Builds the Worker and the pages, by default into `dist/`. */
export const build = async (logLevel: LogLevel = "warn", outDir: string = paths.build): Promise<void> => {
  try {
    const builder = await createBuilder({ configFile: `${paths.root}/vite.config.ts`, logLevel, build: { outDir } })
    await builder.buildApp()
  } catch (cause) {
    throw new Problem(`The build failed. ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}
