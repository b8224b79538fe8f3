import type { D1Database, D1PreparedStatement, D1Result } from "@cloudflare/workers-types"
import * as HttpApp from "@effect/platform/HttpApp"
import * as Clock from "effect/Clock"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as App from "../api/App.js"
import { Background } from "../api/Background.js"
import { Cleanup } from "../api/Cleanup.js"
import { Database } from "../api/Database.js"
import { Bells } from "../api/Doorbell/Bells.js"
import { RateLimit } from "../api/RateLimit.js"

/** The cost of statements as D1 reports it: billed rows, and the round trips that a caller waits for. */
export interface Cost {
  readonly read: number
  readonly written: number
  readonly trips: number
}

const unlimited = { limit: () => Promise.resolve({ success: true }) }

/**
 * Without rate limits, with bells that never ring, and with background work done before the answer, so that it counts.
 */
const surroundings = Layer.mergeAll(
  RateLimit.layer({
    LIMIT_ADDRESS: unlimited,
    LIMIT_GUESS: unlimited,
    LIMIT_JOIN: unlimited,
    LIMIT_PASSWORD: unlimited,
    LIMIT_PEER: unlimited,
    LIMIT_PRESENCE: unlimited,
    LIMIT_SEND: unlimited,
    LIMIT_STRANGER: unlimited,
    LIMIT_TURN: unlimited
  }),
  Layer.succeed(Background, { run: (effect) => effect }),
  Layer.succeed(Bells, { open: () => Effect.succeed(""), ring: () => Effect.void })
)

/** The real clock, which can be advanced. */
const makeClock = () => {
  const real = Clock.make()
  let ahead = 0
  const millis = () => real.unsafeCurrentTimeMillis() + ahead
  const nanos = () => real.unsafeCurrentTimeNanos() + BigInt(ahead) * 1_000_000n
  const clock: Clock.Clock = {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    unsafeCurrentTimeMillis: millis,
    unsafeCurrentTimeNanos: nanos,
    currentTimeMillis: Effect.sync(millis),
    currentTimeNanos: Effect.sync(nanos),
    sleep: (duration) => real.sleep(duration)
  }
  const pass = (milliseconds: number) => {
    ahead += milliseconds
  }
  return { clock, pass }
}

/** The service in this process, over a D1 binding whose costs are counted. */
export const recordedService = (db: D1Database) => {
  let cost: Cost = { read: 0, written: 0, trips: 0 }
  let batches: Array<string> = []
  const batch = async <T = unknown>(statements: D1PreparedStatement[]): Promise<D1Result<T>[]> => {
    batches.push(JSON.stringify(statements))
    const results = await db.batch<T>(statements)
    cost = {
      read: results.reduce((sum, { meta }) => sum + meta.rows_read, cost.read),
      written: results.reduce((sum, { meta }) => sum + meta.rows_written, cost.written),
      trips: cost.trips + 1
    }
    return results
  }
  const recorded: D1Database = {
    batch,
    prepare: (query) => db.prepare(query),
    exec: (query) => db.exec(query),
    dump: () => db.dump(),
    withSession: (constraint) => db.withSession(constraint)
  }
  const { clock, pass } = makeClock()
  const runtime = ManagedRuntime.make(
    App.layer(Layer.merge(Database.layer(recorded), surroundings)).pipe(
      // Only errors are logged: a line for each request would bury the results.
      Layer.merge(Logger.minimumLogLevel(LogLevel.Error)),
      Layer.merge(Layer.setClock(clock)),
      Layer.provide(Layer.setConfigProvider(ConfigProvider.fromJson({})))
    )
  )
  const handle = HttpApp.toWebHandlerRuntime(runtime.runSync(runtime.runtimeEffect))(runtime.runSync(App.app))
  const counted = async <A>(work: () => Promise<A>) => {
    cost = { read: 0, written: 0, trips: 0 }
    batches = []
    const answer = await work()
    return { answer, cost, batches }
  }
  return {
    /** One request to the service, what it cost, and the batches that it sent to a plain D1, as JSON. */
    request: (request: Request) => counted(() => handle(request)),
    /** One run of the cron, and what it cost. */
    cleanup: () => counted(() => runtime.runPromise(Effect.flatMap(Cleanup, (cleanup) => cleanup.run()))),
    /** Advances the clock by this many milliseconds. */
    pass
  }
}
