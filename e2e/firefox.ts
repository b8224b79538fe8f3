import { type Browser, launch } from "puppeteer-core"
import { findTool } from "./tools.js"

/** What this browser does without asking or looking around. */
const preferences = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
  // All traffic of a test stays on this machine.
  "media.peerconnection.ice.loopback": true,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
  "network.manage-offline-status": false,
  "network.connectivity-service.enabled": false,
  "network.captive-portal-service.enabled": false,
  "browser.safebrowsing.provider.mozilla.updateURL": "",
  "app.update.auto": false
}

/** Headless Firefox, with fake devices, driven by WebDriver BiDi. */
export const launchFirefox = (): Promise<Browser> =>
  launch({
    browser: "firefox",
    executablePath: findTool("firefox"),
    extraPrefsFirefox: preferences,
    timeout: 60_000
  })
