const count = (guests: number) => (guests === 1 ? "1 guest" : `${guests} guests`)

export const host = {
  name: "Host",
  heading: "Host a conference",
  lead: "“Start Listening” opens your room. Send your guests its link, and their cameras and microphones appear on this page.",
  yourName: "Your name",
  sends: {
    both: "Guests will see and hear you.",
    camera: "Guests will see you; your microphone is off.",
    microphone: "Guests will hear you; your camera is off.",
    nothing: "Guests will neither see nor hear you: camera and microphone are off."
  },
  start: "Start Listening",
  invite: "Invite link",
  inviteHint: "Anyone with this link can join as a guest.",
  copy: "Copy link",
  copied: "Link copied",
  copyFailed: "The link is selected. Copy it by hand.",
  more: "Host from another device",
  hostCopied: "Copied. Open it on the other device, and keep it to yourself.",
  hostCopyFailed: "This browser did not let the page copy. Allow it the clipboard, then press again.",
  copyHost: "Copy private host address",
  hostHint: "Opens this room on another device of yours, as its host. Keep it to yourself.",
  afresh: "Start afresh",
  leave: "Leave",
  leaveTitle: "Leave the conference?",
  leaveDetail: "Your camera and microphone stop either way.",
  leaveMeans: "The room stays yours. Guests wait, and you can come back.",
  leaveRecording: "A recording is running. It ends when you go, and is kept in this browser.",
  end: "End for all",
  endMeans: "Everyone is disconnected, and the room is free: anyone with its link can host there.",
  guests: "Guests",
  emptyTitle: "Nobody is here yet",
  emptyDetail: "Send the invite link. Guests appear here by themselves, and this page may stay in the background.",
  takeOver: "Take over",
  takeOverTitle: "Take over?",
  takeOverDetail:
    "Another window of this browser is hosting this room. Take over, and the conference goes on here: the guests stay, and the other window stops.",
  keyTitle: "Use the host key of this link?",
  keyDetail:
    "This address brings a key that makes its holder the host of this room. Whoever made the link holds it too. Go on only if you copied it yourself; a key of this room that this browser already has is given up for it.",
  keyUse: "Use this key",
  elsewhere: "Start a conference in another room",
  retry: "Try again",
  enterPassword: "Enter the password",
  confirmAfresh: "Start afresh?",
  confirmAfreshGo: "Begin a new session",
  confirmAfreshDetail:
    "The chat on this page is emptied, the lock is opened, and whoever was removed may come in again. Guests are cut off for a moment and come back by themselves, to the waiting room where it is on.",
  password: "Host password",
  passwordTitle: "This service asks hosts for a password",
  passwordDetail: "Whoever runs it can tell you the password.",
  passwordWrong: "That password is not right. Try again.",
  passwordGo: "Continue",
  cameraOff: "No picture",
  count: (guests: number) => (guests === 0 ? "No guests" : count(guests)),

  tools: "Your controls",
  settings: "Settings",
  inviteTitle: "Invite",
  peopleWaiting: (count: number) => (count === 1 ? "1 is waiting" : `${count} are waiting`),
  layout: {
    title: "Layout",
    picture: "What guests see",
    everyone: "Everyone",
    speaker: "Speaker",
    one: "One person",
    screen: "Screen",
    whoIsLarge: "Who is large",
    whoIsSeen: "Who is seen",
    whoeverSpeaks: "Whoever speaks",
    yourself: "You",
    sent: "All guests see this picture.",
    direct: "One guest alone sees your camera. From two guests on, all see this picture.",
    nobody: "From two guests on, all of them see one picture of everybody. Choose how it looks.",
    starting: "One moment…",
    window: "Show this picture in a window",
    fullScreen: "Show this picture full screen",
    unloaded: {
      title: "Guests see only your camera",
      detail:
        "The part of the page that makes one picture of all could not be loaded. Check your connection and try again. If that does not help, reload the page."
    },
    uncomposed: {
      title: "Guests see only your camera",
      detail:
        "This browser could not make one picture of all. Try again. If that does not help, restart the browser, or open this room in another one."
    }
  },
  machineBusy: {
    title: "This computer is at its limit",
    detail:
      "Pictures are smaller and have fewer frames, so that nothing stutters. Close other programs and tabs, and plug the computer in."
  },
  enlarge: (name: string) => `Enlarge ${name} for you`,
  showToAll: (name: string) => `Show ${name} to all`,
  shownToAll: (name: string) => `Everyone sees ${name} large`,
  screenToAll: (name: string) => `Show ${name}’s screen to all`,
  screenShown: (name: string) => `Everyone sees ${name}’s screen`,
  moreFor: (name: string) => `More for ${name}`,
  talk: (name: string) => `Speak to ${name} alone`,
  talking: (name: string) => `Only ${name} hears you`,
  talkingDetail: "Everyone hears the answer. A recording of your own voice has your words too.",
  talkAll: "Speak to all again",
  mutedFor: (name: string) => `${name} has gone. You are muted, so that nobody else hears what was meant for ${name}.`,
  popOut: (name: string) => `Show ${name} in a window`,
  popOutRefused: "Your browser blocks windows of this page. Allow pop-ups for it, then try again.",
  fullScreen: (name: string) => `Show ${name} full screen`,
  stageFullScreen: "Full screen",
  mute: (name: string) => `Mute ${name}`,
  muted: "Microphone off",
  handOf: (name: string) => `Lower ${name}’s hand`,
  waits: (name: string) => `${name} is waiting`,
  manyWait: (count: number) => `${count} people are waiting`,
  full: {
    title: "The room holds no more guests",
    detail: "Somebody has to leave first. Until then, whoever waits goes on waiting."
  },
  waitingTitle: "Waiting room",
  admit: "Let in",
  admitName: (name: string) => `Let ${name} in`,
  admitAll: "Let all in",
  refuse: "Refuse",
  refuseAll: "Refuse all",
  refuseName: (name: string) => `Refuse ${name}`,
  remove: "Remove",
  removeName: (name: string) => `Remove ${name}`,
  confirmRemove: (name: string) => `Remove ${name}?`,
  confirmRemoveDetail:
    "The call ends at once. That guest’s browser is refused until the session ends. Another browser could come in again: lock the room to prevent that.",
  confirmRemoveLocked:
    "The call ends at once. That guest’s browser is refused until the session ends. The room is locked: nobody new comes in with another one.",
  removeAndLock: "Remove and lock",
  awayTitle: "Away",
  awayDetail: "Their connection is gone. They are back by themselves as soon as it is.",
  handPlace: (place: number) => `Hand ${place}`,
  muteAll: "Mute all",
  lowerAll: "Lower all hands",
  nobody: "Nobody is in the room yet.",
  waitingRoom: "Waiting room",
  waitingRoomDetail: "New guests wait until you let them in.",
  lock: "Lock the room",
  lockDetail: "Nobody new comes in. Whoever is in can still come back.",
  qr: "Scan this with a phone to join.",
  shareLink: "Share link",

  idle: { title: "The room is not open", detail: "" },
  offlineStarting: "Check your connection. This page goes on trying, and starts as soon as it can.",
  starting: "Starting…",
  ending: "Ending…",
  offlineEnding: "The room is not free yet. Keep this page open: it ends the conference as soon as it can.",
  listening: "Room open",
  listeningOffline: {
    title: "Room open, service out of reach",
    detail: "Running calls go on. New guests can join as soon as the service is back."
  },
  left: {
    title: "You have left; the room is kept",
    detail:
      "Your guests wait for you. Start again to go on with them. If you stay away for long, usually an hour, the room is free: anyone with its link can host there."
  },
  ended: {
    title: "The conference has ended",
    detail:
      "All guests are out, and the room is free: anyone with its link can host there now. You can start again unless somebody else has."
  },
  refused: {
    other: "The room could not be opened",
    RoomTaken: {
      title: "This room has another host",
      detail:
        "Somebody else holds it now. Start a conference in another room, and send your guests its link. If it is you, in another browser: copy the private host address there, under Invite, and open it here."
    },
    Replaced: {
      title: "Opened in another window",
      detail: "The conference goes on there. To have it in this window, press Take over: the guests stay."
    },
    Lapsed: {
      title: "This page has lost its place",
      detail:
        "It slept or was offline for too long. Press Try again to have the room back: guests who are still there come back by themselves. If you have opened the room somewhere else meanwhile, it goes on here instead."
    },
    HostPasswordWrong: {
      title: "This service asks hosts for a password",
      detail: "The room opens once the password is right."
    },
    NotAllowed: {
      title: "This page may not host the room",
      detail: "Its place belongs to another room. Open the host page again in a new tab."
    },
    RoomFull: "The room is full",
    unexpectedDetail:
      "It may have been updated a moment ago. Reload the page; if that does not help, look at the service’s logs."
  },
  tile: {
    Waiting: "Waiting",
    Joined: "Joined",
    Connecting: "Connecting",
    Live: "Live",
    relayed: "Live, through a relay",
    Interrupted: "Interrupted",
    Away: "Away"
  }
}
