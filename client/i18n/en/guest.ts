export const guest = {
  heading: "Join the conference",
  joined: "The conference",
  name: "Your name",
  namePlaceholder: "Guest",
  join: "Join",
  leave: "Leave",
  retry: "Try again",
  joinAgain: "Join again",
  back: "Join here",
  host: "Host:",
  hostPicture: "The host",
  programme: "Everyone in one picture",
  programmeWith: (name: string) => `Everyone in one picture, ${name} large`,
  inPicture: "In the picture",
  enlarge: { screen: "Make the screen large", people: "Make the people large" },
  fill: "Fill the screen with the picture",
  fillEnd: "Back to the whole page",

  tools: "Your controls",
  hand: "Raise hand",
  handLower: "Lower hand",
  pip: "Picture in picture",
  fullScreen: "Full screen",
  fullScreenEnd: "Exit full screen",
  settings: "Settings",
  hostScreen: "The host’s screen",
  hostPictureOff: "The host sends no picture",
  count: (people: number) => (people === 1 ? "1 person" : `${people} people`),
  handUp: "Hand raised",
  peopleUnknown: "The host’s page keeps this list, and it is not connected now.",
  peopleMore: (more: number) => `and ${more} more`,
  waitingChat: "You are not connected now. What you write is sent as soon as you are.",
  mutedByHost: {
    title: "The host has muted you",
    detail: "Your microphone is off. Turn it on when you want to speak."
  },
  handLowered: "The host has lowered your hand.",
  badges: {
    recording: "This conference is being recorded",
    large: "Everyone sees you large",
    screenToAll: "Everyone sees your screen",
    screenToHost: "Only the host sees your screen",
    talkback: "The host speaks to you alone. Everyone hears your answer."
  },
  network: {
    Fine: { title: "Your network is fine", detail: "Pictures and sound find a direct way from here." },
    RelayOnly: {
      title: "Your network needs a detour",
      detail: "Calls go through a relay, and work all the same."
    },
    Blocked: {
      title: "Your network blocks video calls",
      detail: "This network lets no call through, not even by the relay. Turn off a VPN, or try another network."
    },
    again: "Check again"
  },

  idle: { title: "Ready to join", detail: "" },
  offlineDetail: "Check your connection. This page goes on trying. If it takes long, it may ask you before it joins.",
  joining: { title: "Joining…", detail: "Asking for your place in the room." },
  connecting: { title: "Connecting…", detail: "The host is there. Picture and sound follow in a moment." },
  cameraAgain: "Your camera starts when you join again",
  left: { title: "You have left", detail: "Nothing is sent any more. To come back, press Join." },
  ended: {
    title: "This conference has ended",
    detail: "Your camera and microphone are not sent any more. If it begins again, press Join again."
  },
  anotherHost: {
    title: "The room may have a new host",
    detail:
      "This page cannot tell whether it is still the same one. Your camera and microphone are not sent until you press Join anyway."
  },
  joinAnotherHost: "Join anyway",
  elsewhere: {
    title: "You are in this conference in another tab",
    detail: "Nothing is sent from here. Use this tab, and the other one stops."
  },
  useThisTab: "Use this tab",
  keepOtherTab: "Keep the other",
  live: {
    title: "Live",
    both: "The host sees and hears you.",
    camera: "The host sees you. Your microphone is off.",
    microphone: "The host hears you. Your camera is off.",
    nothing: "The host neither sees nor hears you: camera and microphone are off."
  },
  waiting: {
    HostAway: {
      title: "The host is away; you are still here",
      detail: "The host’s page is closed, or starting again. You keep your place, and the call goes on when it is back."
    },
    NotStarted: {
      title: "Waiting for the host",
      detail: "You are in. You will be connected as soon as the host starts."
    },
    NeverHosted: {
      title: "No host here yet",
      detail: "Stay here: you will be connected when a host starts. If nobody comes, check the link."
    },
    SessionOver: {
      title: "This conference has ended",
      detail: "Stay here if it goes on: you will be connected when a host starts again."
    },
    HostLeft: {
      title: "The host has left",
      detail: "Stay here if you like: you will be connected when the host is back."
    },
    Admission: {
      title: "You are in the waiting room",
      detail: "The host decides whether you come in. Until then nobody sees or hears you."
    },
    RoomLocked: {
      title: "The room is locked",
      detail:
        "The host lets nobody new in at the moment, and nobody sees or hears you. This page tries again every minute."
    }
  },
  recovering: {
    title: "Interrupted",
    Watching: "Picture and sound have paused. Most such gaps close by themselves.",
    RestartingIce: "Looking for a new way through the network.",
    NewConnection: "Making a new connection.",
    RelayOnly: "Trying the way through the relay."
  },
  failed: {
    NoRelay: {
      title: "Your network and the host’s do not meet",
      detail:
        "They need a relay between them, and this service has none. Try another network, such as your phone’s. This page tries again every minute."
    },
    RelayRefused: {
      title: "The relay does not let this call through",
      detail:
        "The networks need a relay, and it gave no way in. This page tries again every minute; if it stays so, tell the host."
    },
    NetworkBlocks: {
      title: "Your network blocks video calls",
      detail:
        "Every way was tried, the relay too. Turn off a VPN, or try another network, such as your phone’s. This page tries again every minute."
    }
  },
  refused: {
    other: "The room did not let you in",
    RoomFull: {
      title: "The room is full",
      detail: "It holds as many guests as it may. Ask the host to make a place, then try again."
    },
    Removed: {
      title: "The host has removed you",
      detail: "Your camera and microphone are not sent any more. If you think it was a mistake, ask the host."
    },
    NotAdmitted: {
      title: "The host does not let you in",
      detail: "Your camera and microphone are not sent. If you think it is a mistake, ask the host."
    },
    Replaced: {
      title: "You joined in another window",
      detail: "The call goes on there. To have it in this window, press Join here."
    },
    NotAllowed: {
      title: "This page may not join the room",
      detail: "Its place belongs to another room. Open the host’s link again in a new tab."
    },
    unexpectedDetail: "It may have been updated a moment ago. Reload the page; if that does not help, tell the host."
  }
}
