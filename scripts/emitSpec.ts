/**
 * Writes `spec/openapi.json` from the contract. With `--check` it writes nothing, and fails if the file differs.
 */
import { readFileSync, writeFileSync } from "node:fs"
import * as OpenApi from "@effect/platform/OpenApi"
import { Api } from "../api/contract/Api.js"

const file = new URL("../spec/openapi.json", import.meta.url)
const document = { "x-generated-by": "npm run codegen", ...OpenApi.fromApi(Api) }
const text = `${JSON.stringify(document, null, 2)}\n`

if (!process.argv.includes("--check")) {
  writeFileSync(file, text)
} else if (readFileSync(file, "utf8") !== text) {
  process.stderr.write("spec/openapi.json does not match api/contract/. Run: npm run codegen\n")
  process.exitCode = 1
}
