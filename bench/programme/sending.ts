import { coresOf } from "../cores.js"
import type { Row } from "../report.js"
import { Meeting, type Sent } from "./Meeting.js"

const sizes = [2, 4] as const
const ways: ReadonlyArray<Sent> = ["programme", "camera", "nothing"]
const words = { programme: "the programme", camera: "its camera", nothing: "no picture" } as const
/** What the programme may take beyond the host's camera sent to all, in cores. */
const budgets = new Map([[4, 0.5]])

/** CPU of the host's page, with all that it decodes, composes and encodes. */
const costOf = async (url: string, guests: number, sent: Sent) => {
  const meeting = await Meeting.open(url, `${sent}-${guests}`, sent)
  try {
    while (meeting.guests.length < guests) await meeting.join()
    if (sent !== "nothing") await meeting.settle()
    return await coresOf(meeting.browsers.host, "pages")
  } finally {
    await meeting.close()
  }
}

/** What a host's page costs that sends guests the programme, beside one that sends them its camera, and one that sends no picture. */
export const measureSending = async (url: string): Promise<ReadonlyArray<Row>> => {
  const rows: Array<Row> = []
  for (const guests of sizes) {
    const cores = new Map<Sent, number>()
    for (const sent of ways) {
      const value = await costOf(url, guests, sent)
      cores.set(sent, value)
      rows.push({ name: `host of ${guests} guests who get ${words[sent]}: CPU`, value, unit: "cores" })
    }
    const beyond = (cores.get("programme") ?? Number.NaN) - (cores.get("camera") ?? Number.NaN)
    const name = `host of ${guests} guests: CPU for the programme beyond the camera`
    rows.push({ name, value: beyond, unit: "cores", budget: budgets.get(guests) })
  }
  return rows
}
