import type { Words } from "../Words.js"
import { attention } from "./attention.js"
import { chat } from "./chat.js"
import { common } from "./common.js"
import { guest } from "./guest.js"
import { host } from "./host.js"
import { keys } from "./keys.js"
import { landing } from "./landing.js"
import { media } from "./media.js"
import { quality } from "./quality.js"
import { recording } from "./recording.js"
import { sound } from "./sound.js"

export const de: Words = { common, landing, guest, host, media, chat, attention, keys, quality, recording, sound }
