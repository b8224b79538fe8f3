import { readdir } from "node:fs/promises"
import { dirname } from "node:path"
import type { Readable } from "node:stream"
import { Log, LogLevel, Miniflare } from "miniflare"
import { unstable_getMiniflareWorkerOptions as workerOptions } from "wrangler"
import type { Lan } from "./lan.js"
import { builtConfig, paths } from "./paths.js"
import { migrateLocal } from "./plainD1.js"
import type { Vars } from "./settings.js"

// Keeps Miniflare from fetching a `cf` object: nothing here makes a request to the network.
process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= "false"

export interface ServerOptions {
  /** The settings that the README lists, by name. */
  readonly vars: Vars
  /** The directory of the build. Default: `dist/`. */
  readonly build?: string
  /** The directory that keeps the database. */
  readonly state: string
  /** 0 picks a free port. */
  readonly port: number
  /** If given, everybody on the network reaches the server, over HTTPS, because browsers allow cameras only then. */
  readonly lan?: Lan | undefined
  /** Receives what the Worker and its runtime print, in chunks as they come. */
  readonly print: (text: string) => void
}

const modules = async (entry: string) => {
  const directory = dirname(entry)
  const files = (await readdir(directory, { recursive: true })).filter((file) => file.endsWith(".js"))
  const all = files.map((file) => `${directory}/${file}`)
  return [entry, ...all.filter((file) => file !== entry)].map((path) => ({ type: "ESModule" as const, path }))
}

/** The address to listen at for connections to any address of this machine. */
export const everyAddress = "0.0.0.0"

const httpsOptions = (lan: Lan | undefined) =>
  lan === undefined ? {} : { https: true, httpsKey: lan.certificate.key, httpsCert: lan.certificate.cert }

/** Runs the Worker before the assets for every path. */
const workerFirst = { invoke_user_worker_ahead_of_assets: true, static_routing: undefined }

/** `onLost` is called if the runtime ends without having been stopped. */
const open = async (options: ServerOptions, onLost: () => void): Promise<Miniflare> => {
  const config = builtConfig(options.build ?? paths.build)
  const { main, workerOptions: built } = workerOptions(config)
  const { assets, modulesRules: _, ...worker } = built
  const read = (stream: Readable) => stream.setEncoding("utf8").on("data", options.print)
  const miniflare = new Miniflare({
    ...worker,
    // The Worker answers requests for files too: this runtime breaks the connection if such a request has a body.
    ...(assets === undefined
      ? {}
      : { assets: { ...assets, routerConfig: { ...assets.routerConfig, ...workerFirst } } }),
    name: "conference",
    modules: await modules(main ?? `${dirname(config)}/index.js`),
    modulesRoot: dirname(config),
    bindings: { ...options.vars },
    host: options.lan === undefined ? "127.0.0.1" : everyAddress,
    port: options.port,
    ...httpsOptions(options.lan),
    defaultPersistRoot: options.state,
    telemetry: { enabled: false },
    log: new Log(LogLevel.ERROR),
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      // After `dispose` the output is not read any more, so this is the end of a runtime that ended by itself.
      read(stdout).once("end", onLost)
      read(stderr)
    }
  })
  try {
    await miniflare.ready
    return miniflare
  } catch (cause) {
    await miniflare.dispose()
    throw cause
  }
}

/** The built product on one port of this machine: pages, API and database, in the runtime that Cloudflare uses. */
export class Server {
  #options: ServerOptions
  #miniflare: Miniflare | undefined
  #markLost: () => void = () => undefined

  /** Resolves if the runtime has ended without having been stopped: nothing answers any more. */
  readonly lost = new Promise<void>((resolve) => {
    this.#markLost = resolve
  })

  private constructor(options: ServerOptions) {
    this.#options = options
  }

  /** Starts what `vite build` made, after its database was migrated. */
  static async start(options: ServerOptions): Promise<Server> {
    // Before anything listens, so that the first request finds the tables.
    await migrateLocal(options.state)
    const server = new Server(options)
    await server.resume()
    return server
  }

  get #running(): Miniflare {
    if (this.#miniflare === undefined) throw new Error("The server is stopped.")
    return this.#miniflare
  }

  /** Without a slash at the end. Browsers allow cameras at `localhost` over HTTP, elsewhere only over HTTPS. */
  get url(): string {
    const { lan, port } = this.#options
    return lan === undefined ? `http://localhost:${port}` : `https://${lan.address}:${port}`
  }

  /** The database, bypassing the Worker. */
  get database() {
    return this.#running.getD1Database("DB")
  }

  /** Runs the Worker's cron, and waits for its end. */
  async fireCron(): Promise<void> {
    const worker = await this.#running.getWorker()
    await worker.scheduled({ cron: "*/10 * * * *" })
  }

  /** Stops, keeping the state. `resume` starts again on the same port. */
  async stop(): Promise<void> {
    await this.#miniflare?.dispose()
    this.#miniflare = undefined
  }

  async resume(): Promise<void> {
    if (this.#miniflare !== undefined) return
    this.#miniflare = await open(this.#options, this.#markLost)
    const { port } = await this.#miniflare.ready
    this.#options = { ...this.#options, port: Number(port) }
  }
}
