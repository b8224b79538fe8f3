/** The services on a real D1 with the real migrations. */
import type { D1Database } from "@cloudflare/workers-types"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { openPlainD1 } from "../../scripts/plainD1.js"
import { Background } from "../Background.js"
import { Cleanup } from "../Cleanup.js"
import { Database } from "../Database.js"
import { ModerationRepo } from "../Moderation/Repo.js"
import { Moderation } from "../Moderation.js"
import { Settings } from "../Settings.js"
import { Signaling } from "../Signaling.js"

/**
 * The D1 that all test files of this process share, one after another, because starting a workerd takes longer than
 * most tests. It ends with the process.
 */
let opened: ReturnType<typeof openPlainD1> | undefined

/** That D1, with its tables empty. */
const openEmpty = async () => {
  opened ??= openPlainD1()
  const { db } = await opened
  const ask = (text: string) => db.prepare(text).bind()
  const [tables] = await db.batch<{ readonly name: string }>([
    ask(`SELECT name FROM sqlite_schema
      WHERE type = 'table' AND name <> 'd1_migrations' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'`)
  ])
  await db.batch((tables?.results ?? []).map(({ name }) => ask(`DELETE FROM ${name}`)))
  return { db }
}

/** A D1 binding with all tables, empty. Only one test file uses it at a time. */
export class D1 extends Context.Tag("D1")<D1, D1Database>() {
  static readonly layer = Layer.effect(
    D1,
    Effect.map(Effect.promise(openEmpty), ({ db }) => db)
  )
}

/** Settings as a deployment would set them. */
export const settings = (values: Readonly<Record<string, string>> = {}) =>
  Settings.Default.pipe(Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(values))))))

/** The database over the test's D1. */
export const DatabaseLive = Layer.unwrapEffect(Effect.map(D1, Database.layer))

/** Runs background work at once, so that nothing goes on after a request of a test. */
export const AtOnce = Layer.succeed(Background, { run: (effect) => effect })

/** No TURN provider can be reached. */
export const Offline = Layer.succeed(
  HttpClient.HttpClient,
  HttpClient.make((request) => Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport" })))
)

/** Signaling on the test's D1. `values` are settings that differ from the defaults. */
export const signaling = (values: Readonly<Record<string, string>> = {}) =>
  Signaling.Default.pipe(
    Layer.provide([AtOnce, Offline]),
    Layer.provideMerge(Layer.mergeAll(DatabaseLive, settings(values)))
  )

/** The same with the cleanup. */
export const signalingAndCleanup = (values: Readonly<Record<string, string>> = {}) =>
  Cleanup.Default.pipe(
    Layer.provide([DatabaseLive, settings(values)]),
    Layer.merge(signaling(values)),
    Layer.provideMerge(D1.layer)
  )

/** Runs the cleanup once, as cron does. */
export const cleanUp = Effect.flatMap(Cleanup, (cleanup) => cleanup.run())

/** Signaling and moderation. */
export const moderated = (values: Readonly<Record<string, string>> = {}) =>
  Layer.mergeAll(Moderation.Default, ModerationRepo.Default).pipe(
    Layer.provide([AtOnce, Offline]),
    Layer.provideMerge(signaling(values)),
    Layer.provideMerge(D1.layer)
  )
