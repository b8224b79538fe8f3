const count = (guests: number) => (guests === 1 ? "1 guest" : `${guests} guests`)

export const host = {
  heading: "Host a conference",
  lead: "Start listening, send your guests the link, and their cameras and microphones appear on this page.",
  start: "Start Listening",
  invite: "Invite link",
  inviteHint: "Anyone with this link can join as a guest.",
  copy: "Copy link",
  copied: "Link copied",
  copyFailed: "Select the link and copy it by hand",
  more: "Host from another device",
  hostCopied: "Copied. Open it on the other device, and keep it to yourself.",
  hostCopyFailed: "This browser does not let pages copy.",
  copyHost: "Copy private host address",
  hostHint: "Opens this room on another device of yours, as its host. Keep it to yourself.",
  afresh: "Start afresh",
  end: "End for all",
  guests: "Guests",
  emptyPicture: "Guests’ pictures on their way to this page.",
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
  confirmAfreshDetail: (guests: number) =>
    `${guests === 1 ? "One guest is" : `${guests} guests are`} here. Their calls break off, and their pages join again by themselves.`,
  password: "Host password",
  passwordTitle: "This service asks hosts for a password",
  passwordDetail: "Whoever runs it can tell you the password.",
  passwordWrong: "That password is not right. Try again.",
  passwordGo: "Continue",
  cameraOff: "No picture",
  count: (guests: number) => (guests === 0 ? "No guests" : count(guests)),

  idle: { title: "Not listening", detail: "" },
  offlineStarting: "Check your connection. This page goes on trying, and starts as soon as it can.",
  starting: "Starting…",
  listening: "Listening",
  listeningOffline: {
    title: "Listening, service out of reach",
    detail: "Calls that stand go on. New guests can join as soon as the service is back."
  },
  ended: {
    title: "The conference has ended",
    detail: "All guests are out, and the room is free. You can start again at any time."
  },
  refused: {
    other: "The room could not be opened",
    RoomTaken: {
      title: "This room has another host",
      detail:
        "It belongs to the browser that started it. Open the private host address from there, or start a conference in a room of your own."
    },
    Replaced: {
      title: "Opened in another window",
      detail: "The conference goes on there. To have it in this window, press Take over: the guests stay."
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
      "It may have been renewed a moment ago. Reload the page; if that does not help, look at the service’s logs."
  },
  tile: {
    Waiting: "Waiting",
    Joined: "Joined",
    Connecting: "Connecting",
    Live: "Live",
    relayed: "Live, through a relay",
    Interrupted: "Interrupted"
  }
}
