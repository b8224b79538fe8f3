import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { join } from "node:path"
import { promisify } from "node:util"
import * as Duration from "effect/Duration"
import * as FastCheck from "effect/FastCheck"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { describe, expect, test } from "vitest"
import { unstable_readConfig } from "wrangler"
import { PeerName } from "../api/contract/PeerName.js"
import { costTable, requestTable } from "../bench/costTable.js"
import { readResults } from "../bench/report.js"
import { cleanName } from "../client/rtc/cleanName.js"
import { throttledPressExtension } from "../client/rtc/timings.js"
import { paths } from "../scripts/paths.js"
import { environment } from "./support/environment.js"

const execute = promisify(execFile)
const { resolve } = createRequire(import.meta.url)
const tool = (name: string) => join(paths.root, "node_modules", name)

/** Runs a tool of the project in Node. Fails with everything that the tool printed. */
const runs = async (script: string, ...parameters: ReadonlyArray<string>) => {
  await execute(process.execPath, [script, ...parameters], {
    cwd: paths.root,
    env: { ...environment(), WRANGLER_SEND_METRICS: "false", REDOCLY_TELEMETRY: "off" },
    maxBuffer: 1 << 26
  }).catch((cause: { readonly stdout: string; readonly stderr: string }) =>
    expect.fail(`${[script, ...parameters].join(" ")}\n${cause.stdout}${cause.stderr}`)
  )
}

const tsx = tool("tsx/dist/cli.mjs")
const tsc = tool("@typescript/native/bin/tsc")

test.each(["tsconfig.json", "api/tsconfig.json", "client/tsconfig.json"])("the types of %s hold", (project) =>
  runs(tsc, "-p", project)
)

test("the linter and the formatter find nothing", () =>
  runs(tool("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"))

test("no file, export or dependency is unused", () => runs(tool("knip/bin/knip.js")))

test("no export is used only by tests, but for those that their own file uses", () =>
  runs(tool("knip/bin/knip.js"), "--production", "--include", "files,exports,types"))

test("the OpenAPI document is the contract's", () => runs(tsx, "scripts/emitSpec.ts", "--check"))

test("the client's types are those of the OpenAPI document", () => runs(tsx, "scripts/emitTypes.ts", "--check"))

test("the Worker's types are those of wrangler.jsonc", () =>
  runs(
    resolve("wrangler/bin/wrangler.js"),
    "types",
    "api/worker-configuration.d.ts",
    "--include-runtime=false",
    "--check"
  ))

describe.each(["development", "production"])("wrangler.jsonc in %s", (env) => {
  const config = join(paths.root, "wrangler.jsonc")
  const { observability, ratelimits } = unstable_readConfig(env === "production" ? { config, env } : { config })

  test("logs of a request only the line that the service writes: Cloudflare's own logs have addresses and rooms", () =>
    expect(observability).toMatchObject({ enabled: true, logs: { enabled: true, invocation_logs: false } }))

  test("throttles no join for longer than a press of Join may wait for it", () => {
    const limit = ratelimits.find(({ name }: { readonly name: string }) => name === "LIMIT_JOIN")
    expect(limit?.simple.period).toBeLessThan(Duration.toSeconds(throttledPressExtension))
  })
})

test.each([
  { of: "requests", table: requestTable },
  { of: "rooms", table: costTable }
])("the README has the measured cost of $of", async ({ table }) => {
  const readme = await readFile(join(paths.root, "README.md"), "utf8")
  expect(readme).toContain(table(await readResults()))
})

test("pages and service clean a name alike, and leave none of a name that cannot be seen", () => {
  const read = Schema.decodeUnknownOption(PeerName)
  const odd = FastCheck.constantFrom(
    ..."\u3164\u2800\u115f\u1160\uffa0\u034f\u17b4\ufe0f\u3000\u200b\u200d\u202e\0 A\u{1d159}\u{16fe4}\u{e0041}"
  )
  const any = FastCheck.string({ unit: "binary", minLength: 1, maxLength: 1 })
  FastCheck.assert(
    FastCheck.property(FastCheck.array(FastCheck.oneof(odd, odd, any), { maxLength: 12 }), (characters) => {
      const name = characters.join("")
      expect(Option.getOrElse(read(name), () => "")).toBe(cleanName(name))
    }),
    { numRuns: 5000 }
  )
})

test("the OpenAPI document passes another project's linter", () =>
  runs(tool("@redocly/cli/bin/cli.js"), "lint", "spec/openapi.json", "--extends", "minimal"))

test("a client that another generator makes from the document compiles", async () => {
  const made = await mkdtemp(join(paths.root, "node_modules/.generated-client-"))
  try {
    await runs(
      tool("swagger-typescript-api/dist/cli.js"),
      "generate",
      "--path",
      "spec/openapi.json",
      "--output",
      made,
      "--name",
      "client.ts",
      "--silent"
    )
    // The generator tells compilers to ignore the file.
    const client = join(made, "client.ts")
    await writeFile(client, (await readFile(client, "utf8")).replace("// @ts-nocheck", ""))
    const strict = [
      "--ignoreConfig",
      "--strict",
      "--noEmit",
      "--skipLibCheck",
      "--target",
      "es2023",
      "--module",
      "esnext"
    ]
    await runs(tsc, ...strict, "--moduleResolution", "bundler", "--lib", "es2023,dom", "--types", "node", client)
  } finally {
    await rm(made, { recursive: true })
  }
})
