import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { en } from "../client/i18n/en/en.js"
import { hostEn } from "../client/i18n/en/hostEn.js"
import { paths } from "../scripts/paths.js"

const read = (file: string) => readFileSync(join(paths.root, file), "utf8")

/** All code of the pages but the sentences themselves and the tests. */
const pages = execFileSync("git", ["ls-files", "client"], { cwd: paths.root, encoding: "utf8" })
  .split("\n")
  .filter((file) => /\.tsx?$/.test(file) && !/^client\/(test|i18n\/(en|de))\//.test(file))
  .map(read)
  .join("\n")

/** The paths of all sentences in a dictionary: `guest.waiting.HostLeft.title`. */
const pathsOf = (words: object, prefix: ReadonlyArray<string> = []): ReadonlyArray<ReadonlyArray<string>> =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === "object" && value !== null ? pathsOf(value, [...prefix, key]) : [[...prefix, key]]
  )

/**
 * Whether the pages use this sentence: by its path, as part of a group that they use whole, or by a key in brackets.
 */
const isUsed = (path: ReadonlyArray<string>) =>
  path.some((_, index) => {
    const shorter = `t.${path.slice(0, index + 1).join(".")}`.replaceAll(".", "\\.")
    const next = path[index + 1]
    if (new RegExp(`\\b${shorter}(?![\\w.\\[])`).test(pages)) return true
    return (
      next !== undefined && new RegExp(`\\b${shorter}\\[`).test(pages) && new RegExp(`["' ]${next}["':]`).test(pages)
    )
  })

test("every sentence is used by some page", () => {
  expect([...pathsOf(en), ...pathsOf(hostEn)].filter((path) => !isUsed(path)).map((path) => path.join("."))).toEqual([])
})

test("every icon is shown by some page", () => {
  const names = [...read("client/ui/Icon.tsx").matchAll(/^ {2}(\w+):(?: "|$)/gm)].flatMap(([, name]) => name ?? [])
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name) => !pages.includes(`"${name}"`))).toEqual([])
})
