/**
 * What holds on the wire, as cases that run against the Worker (`api/test/conformance.test.ts`) and against the fake that
 * the client's tests stand on (`client/test/fakes/FakeService.test.ts`), so that the two cannot drift apart. Imports
 * nothing of the project. What takes more than a second, or needs another clock, is shown in the tests of the service.
 */
import { guestJoins, hostJoins, hostPassword, passwords } from "./conformance/joins.js"
import { goings, polls, sends } from "./conformance/messages.js"
import { removals, waitingRooms } from "./conformance/moderation.js"
import { refusals } from "./conformance/refusals.js"
import type { ConformanceCase, DeploymentSettings } from "./conformance/wire.js"

/** Small bounds: what they keep out comes soon. */
const bounds = { maxGuests: 3, maxWaiting: 2, maxUnread: 20 }

export interface Deployment {
  readonly title: string
  readonly settings: DeploymentSettings
  readonly cases: ReadonlyArray<ConformanceCase>
}

export const deployments: ReadonlyArray<Deployment> = [
  {
    title: "the wire",
    settings: bounds,
    cases: [...hostJoins, ...guestJoins, ...sends, ...polls, ...goings, ...waitingRooms, ...removals, ...refusals]
  },
  { title: "the wire, with a host password", settings: { ...bounds, hostPassword }, cases: passwords }
]
