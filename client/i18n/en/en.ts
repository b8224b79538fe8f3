import { attention } from "./attention.js"
import { chat } from "./chat.js"
import { common } from "./common.js"
import { guest } from "./guest.js"
import { keys } from "./keys.js"
import { landing } from "./landing.js"
import { media } from "./media.js"
import { quality } from "./quality.js"
import { sound } from "./sound.js"

/** The sentences that every page has from the start. */
export const en = { common, landing, guest, media, chat, attention, keys, quality, sound }
