import type { Device, DeviceKind } from "./MediaDevices.js"

/** A device that was in use and is gone. */
export interface MissedDevice {
  readonly id: string
  readonly label: string
}

/** Chromium's names for whatever device the system uses now: one that is lost may have had such a name. */
const aliases: ReadonlyArray<string> = ["default", "communications"]

/**
 * The device that was missed, where it is there. Under the system's name its own is at the end of its label, as in
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
