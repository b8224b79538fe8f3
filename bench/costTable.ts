import type { Row } from "./report.js"

/** Two significant digits, as 1.8 million, 26 million or 1,500. */
const rounded = (value: number) => {
  const short = Number(value.toPrecision(2))
  return short >= 1e6 ? `${short / 1e6} million` : short.toLocaleString("en")
}

const find = (rows: ReadonlyArray<Row>, name: string): number => {
  const row = rows.find((one) => one.name === name)
  if (row === undefined) throw new Error(`bench/results.json has no "${name}". Measure it with npm run bench.`)
  return row.value
}

/** The README's table of the cost of each request: rows as D1 counts them, and CPU of this machine's runtime. */
export const requestTable = (rows: ReadonlyArray<Row>): string =>
  [
    "| request | rows read | rows written | CPU | the SQL alone |",
    "|---|---|---|---|---|",
    ...["host joins", "guest joins", "offer", "poll with messages", "idle poll", "guest leaves"].map((kind) => {
      const ms = (name: string) => `${find(rows, name).toFixed(1)} ms`
      const counted = ["rows read", "rows written"].map((what) => find(rows, `${kind}: ${what}`))
      return `| ${[kind, ...counted, ms(`CPU, ${kind}`), ms(`CPU, ${kind}: the SQL alone`)].join(" | ")} |`
    })
  ].join("\n")

/** The README's table of the cost of rooms, and what the free plan carries. */
export const costTable = (rows: ReadonlyArray<Row>): string => {
  const measured = (name: string) => find(rows, name)
  const hour = (what: string) => measured(`10,000 rooms of 3, an hour: ${what}`)
  const need = (what: string) => rounded(hour(what))
  const dollars = (what: string) => `$${hour(what).toFixed(1)}`
  return [
    "| 10,000 rooms of 3 people, an hour | need | cost |",
    "|---|---|---|",
    `| requests to the Worker, with their CPU | ${need("requests")} | ${dollars("requests and CPU cost")} |`,
    `| requests to Durable Objects | ${need("requests to Durable Objects")} | ${dollars("Durable Objects cost")} |`,
    `| rows of D1, read | ${need("rows read")} | |`,
    `| rows of D1, written | ${need("rows written")} | ${dollars("D1 costs")} with those read |`,
    `| round trips to D1, a second | ${need("round trips a second")} | one database answers about 1,000: ${rounded(measured("rooms of 3 that one database carries"))} rooms |`,
    "",
    `The free plan carries some ${rounded(measured("the free plan, a day: hours of a room of 3"))} hours of such a room in a day`
  ].join("\n")
}
