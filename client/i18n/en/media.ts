export const media = {
  camera: "Camera",
  microphone: "Microphone",
  speaker: "Speaker",
  none: { camera: "No camera", microphone: "No microphone" },
  standard: { camera: "Default camera", microphone: "Default microphone", speaker: "Default speaker" },
  /** Beside the picker of a device that is stopped for now. */
  muted: "Muted",
  off: "Off",
  unnamed: {
    camera: (number: number) => `Camera ${number}`,
    microphone: (number: number) => `Microphone ${number}`,
    speaker: (number: number) => `Speaker ${number}`
  },
  asking: "Your browser is asking to use your camera and microphone. Allow both, and you will see yourself here.",
  askingCamera: "Your browser is asking to use your camera. Allow it, and you will see yourself here.",
  opening: "Starting your camera…",
  cameraOff: "Your camera is off",
  self: "You",
  share: "Share screen",
  shareStop: "Stop sharing",
  shareRefused: {
    title: "Your screen is not shared",
    detail:
      "The system does not let this browser see it. Allow screen recording in the system’s settings, then try again."
  },
  screenOf: (name: string) => `${name}’s screen`,
  mute: "Mute",
  unmute: "Unmute",
  cameraStop: "Stop video",
  cameraStart: "Start video",
  /** Shown to a person who speaks while muted. */
  spokenMuted: {
    title: "You are muted",
    detail: "Nobody hears what you say.",
    mend: "Unmute me"
  },
  tryAgain: "Ask again",
  playSound: "Play sound",
  level: "Microphone level",
  original: "Original sound",
  originalDetail:
    "For music, with headphones: in stereo, with nothing taken out of it. Without headphones others hear an echo.",
  denoise: "Noise suppression",
  denoiseDetail: "Takes fans, keyboards and streets out of what others hear.",
  testTone: "Play test tone",
  testTonePlaying: "Playing…",
  testToneFailed: "No sound could be played. Pick another speaker, or look at your system’s sound settings.",
  /** What is wrong with a device that worked, and the button that fixes it. */
  trouble: {
    camera: {
      lost: {
        title: "Your camera stopped",
        detail: "It was unplugged, or another program took it.",
        mend: "Start a camera again"
      },
      silent: {
        title: "Your camera sends no picture",
        detail: "The system or another program has it now, as during a phone call.",
        mend: "Get the camera back"
      }
    },
    microphone: {
      lost: {
        title: "Your microphone stopped",
        detail: "It was unplugged, or another program took it.",
        mend: "Use another microphone"
      },
      silent: {
        title: "Your microphone is silent",
        detail: "The system or another program has it now, as during a phone call.",
        mend: "Get the microphone back"
      }
    }
  },
  /** A device was unplugged, or is plugged in again. */
  changed: {
    gone: (name: string) => `${name} is gone`,
    back: (name: string) => `${name} is back`,
    camera: (name: string) => `Your camera is now: ${name}.`,
    microphone: (name: string) => `Your microphone is now: ${name}.`,
    speaker: "Sound comes from your system’s speaker now.",
    speakerBack: "Sound comes from it again."
  },
  problem: {
    both: {
      DeviceMissing: {
        title: "No camera and no microphone were found",
        detail: "Plug them in, or go on without them."
      },
      PermissionRefused: { title: "This page may not use your camera and microphone" },
      DeviceBusy: {
        title: "Your camera and microphone do not start",
        detail: "Another program may be using them. Close that program and ask again, or pick others."
      },
      PageInsecure: {
        title: "Browsers give no camera or microphone to this address",
        detail: "It is not secure. Open the same page with https:// at the start of its address."
      }
    },
    camera: {
      DeviceMissing: { title: "No camera was found", detail: "Plug one in, or go on without one." },
      PermissionRefused: { title: "This page may not use your camera" },
      DeviceBusy: {
        title: "Your camera does not start",
        detail: "Another program may be using it. Close that program and ask again, or pick another camera."
      },
      DeviceUnsuitable: {
        title: "That camera cannot be used",
        detail: "It is gone, or cannot give what a call needs. Pick another camera."
      },
      PageInsecure: {
        title: "Browsers give no camera to this address",
        detail: "It is not secure. Open the same page with https:// at the start of its address."
      },
      DeviceLost: {
        title: "Your camera stopped",
        detail: "It was unplugged, or its permission was taken back. Plug it in and ask again, or pick another camera."
      },
      CaptureFailed: {
        title: "Your camera does not start",
        detail: "Ask again, pick another camera, or restart the browser."
      }
    },
    microphone: {
      DeviceMissing: { title: "No microphone was found", detail: "Plug one in, or go on without one." },
      PermissionRefused: { title: "This page may not use your microphone" },
      DeviceBusy: {
        title: "Your microphone does not start",
        detail: "Another program may be using it. Close that program and ask again, or pick another microphone."
      },
      DeviceUnsuitable: {
        title: "That microphone cannot be used",
        detail: "It is gone, or cannot give what a call needs. Pick another microphone."
      },
      PageInsecure: {
        title: "Browsers give no microphone to this address",
        detail: "It is not secure. Open the same page with https:// at the start of its address."
      },
      DeviceLost: {
        title: "Your microphone stopped",
        detail:
          "It was unplugged, or its permission was taken back. Plug it in and ask again, or pick another microphone."
      },
      CaptureFailed: {
        title: "Your microphone does not start",
        detail: "Ask again, pick another microphone, or restart the browser."
      }
    }
  },
  /** How to grant the permission again, in the browser that shows the page. */
  permission: {
    chromium:
      "Click the icon left of the address, switch camera and microphone on, then ask again. If they are on there, allow your browser in the system’s privacy settings.",
    firefox:
      "Click the crossed-out camera or microphone left of the address, remove the block with the ×, then ask again. If it is not there, allow Firefox in the system’s privacy settings.",
    safari:
      "In the menu bar choose Safari, Settings for this website, set camera and microphone to Allow, then ask again.",
    ios: "Tap the page menu at the address, then Website Settings, set camera and microphone to Allow, then ask again. If they are allowed there, look in Settings, Apps, your browser.",
    android:
      "Tap the icon left of the address, then Permissions, switch camera and microphone on, then ask again. If they are on there, look at your browser’s permissions in the system’s settings.",
    other: "Allow camera and microphone for this page in your browser’s settings, then ask again."
  }
}
