import type { Device, DeviceKind } from "./MediaDevices.js"

/** A device that was in use and is gone. */
export interface MissedDevice {
  readonly id: string
  readonly label: string
}

/** Chromium's ids for the device that the system uses now: a lost one may have had such an id. */
const aliases: ReadonlyArray<string> = ["default", "communications"]

/**
 * The missed device, if it is there. One with such an id has its own name at the end of its label, as in
 * "Default - Headset".
 */
export const foundAgain = (
  kind: DeviceKind,
  missed: MissedDevice,
  devices: ReadonlyArray<Device>
): Device | undefined =>
  devices.find((device) => {
    if (device.kind !== kind || aliases.includes(device.id)) return false
    return aliases.includes(missed.id)
      ? device.label !== "" && missed.label.endsWith(device.label)
      : device.id === missed.id
  })
