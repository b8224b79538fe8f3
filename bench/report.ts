import { readFile, writeFile } from "node:fs/promises"

/** One measured number. A number over its budget is a finding, not a failure. */
export interface Row {
  readonly name: string
  readonly value: number
  readonly unit:
    | "rows"
    | "trips"
    | "kB"
    | "ms"
    | "s"
    | "%"
    | "kbit/s"
    | "dB"
    | "pixels"
    | "frames"
    | "pictures"
    | "connections"
    | "requests"
    | "messages"
    | "hours"
    | "rooms"
    | "$"
    | "times"
    | "encoders"
    | "cores"
  readonly budget?: number | undefined
}

const isOver = ({ budget, value }: Row) => budget !== undefined && value > budget

/** The value below which this share of the values is. */
export const quantile = (values: ReadonlyArray<number>, share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN

const results = new URL("results.json", import.meta.url)

/** The numbers of `bench/results.json`. */
export const readResults = async (): Promise<ReadonlyArray<Row>> => JSON.parse(await readFile(results, "utf8"))

/**
 * Prints the numbers as a table, marks those over their budget, and writes them to `bench/results.json`: numbers of the
 * same names are replaced, and others stay.
 */
export const report = async (rows: ReadonlyArray<Row>): Promise<void> => {
  const width = Math.max(...rows.map(({ name }) => name.length))
  for (const row of rows) {
    const value = `${row.value.toLocaleString("en", { maximumFractionDigits: 1 })} ${row.unit}`
    const budget = row.budget === undefined ? "" : `of ${row.budget}`
    process.stdout.write(`${row.name.padEnd(width)}  ${value.padStart(14)}  ${budget}${isOver(row) ? "  OVER" : ""}\n`)
  }
  process.stdout.write(`${rows.filter(isOver).length} of ${rows.length} over budget\n`)
  const former = await readResults()
  const kept = former.filter(({ name }) => rows.every((row) => row.name !== name))
  await writeFile(results, `${JSON.stringify([...kept, ...rows], null, 2)}\n`)
}
