export const landing = {
  title: "Your guests open a link. You see them all.",
  lead: "Start a conference, send the link, and each guest’s camera and microphone arrive in your browser. They hear each other, and you record each one apart. Nothing to install, no account to make.",
  start: "Start a conference",
  joinLabel: "Room name or invite link",
  join: "Join",
  unreadable: "That is neither a room name nor an invite link. Paste the whole link that the host sent you.",
  direct: {
    title: "From browser to browser",
    text: "Pictures and sound take the shortest way, and travel encrypted."
  },
  yours: {
    title: "The room is yours",
    text: "Its key stays in your browser. Nobody else can host here until you end the conference or stay away for long."
  },
  apart: {
    title: "Every guest on a track of their own",
    text: "Record each guest into a separate file, on your own disk."
  },
  picture: "Three guests’ pictures run together into the host’s page."
}
