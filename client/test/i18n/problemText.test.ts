import { assert, describe, it } from "@effect/vitest"
import { bothText } from "../../i18n/problemText.js"
import { DeviceBusy, DeviceMissing, DeviceUnsuitable } from "../../media/MediaDevices.js"

describe("a problem of both camera and microphone", () => {
  it("is shown in one notice, so that on a phone it leaves room for the pictures", () => {
    const kind = "camera"
    assert.strictEqual(bothText(new DeviceBusy({ kind }))?.title, "Your camera and microphone do not start")
    assert.strictEqual(bothText(new DeviceMissing({ kind }))?.title, "No camera and no microphone were found")
    assert.isUndefined(bothText(new DeviceUnsuitable({ kind })), "each is picked by itself")
  })
})
