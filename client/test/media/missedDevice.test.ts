import { assert, describe, it } from "@effect/vitest"
import { foundAgain } from "../../media/missedDevice.js"
import { camera, microphone } from "../fakes/FakeMediaDevices.js"

describe("a device that was missed", () => {
  it("is found again by its own name if it was the system's choice", () => {
    const missed = { id: "default", label: "Default - Headset" }
    const list = [microphone("default"), { ...microphone("3f"), label: "Headset" }, camera("3f")]
    assert.strictEqual(foundAgain("microphone", missed, list)?.id, "3f")
    assert.isUndefined(foundAgain("microphone", missed, [microphone("default"), microphone("ear")]))
    assert.isUndefined(foundAgain("microphone", { id: "a", label: "" }, list))
  })
})
