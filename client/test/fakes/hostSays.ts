/** The messages of a host to a guest, and what the guest's page knows after them. */
import { nothingSaid, saidAfter } from "../../pages/guest/said.js"
import type { HostMessage } from "../../rtc/control.js"

const person = { camera: true, microphone: true, hand: false, shown: true }
export const host = { ...person, name: "Grace" }
export const ada = { ...person, name: "Ada" }
export const together = { type: "participants", list: [host, ada], total: 2, you: 1 } as const satisfies HostMessage
export const programme = {
  type: "programme",
  layout: "everyone",
  large: null,
  you: false
} as const satisfies HostMessage
export const sharing = { type: "sharing", on: true, name: "Bo", you: false } as const satisfies HostMessage

export const after = (...messages: ReadonlyArray<HostMessage>) => messages.reduce(saidAfter, nothingSaid)
