import { writeFile } from "node:fs/promises"

/** One measured number. Over its budget is a finding, not a failure. */
export interface Row {
  readonly name: string
  readonly value: number
  readonly unit: "rows" | "trips" | "kB" | "ms" | "requests"
  readonly budget?: number | undefined
}

const isOver = ({ budget, value }: Row) => budget !== undefined && value > budget

/** Prints the numbers as a table, those over their budget marked, and writes them to `bench/results.json`. */
export const report = async (rows: ReadonlyArray<Row>): Promise<void> => {
  const width = Math.max(...rows.map(({ name }) => name.length))
  for (const row of rows) {
    const value = `${row.value.toLocaleString("en", { maximumFractionDigits: 1 })} ${row.unit}`
    const budget = row.budget === undefined ? "" : `of ${row.budget}`
    process.stdout.write(`${row.name.padEnd(width)}  ${value.padStart(14)}  ${budget}${isOver(row) ? "  OVER" : ""}\n`)
  }
  process.stdout.write(`${rows.filter(isOver).length} of ${rows.length} over budget\n`)
  await writeFile(new URL("results.json", import.meta.url), `${JSON.stringify(rows, null, 2)}\n`)
}
