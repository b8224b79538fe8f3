export const common = {
  /** The name of the product, in every language the same. */
  product: "CF Video Conference",
  toStart: "Go to the start page",
  language: "Language",
  cancel: "Cancel",
  close: "Close",
  people: "People",
  closeNotice: "Close this notice",
  roomUnreadable: {
    title: "This link is damaged",
    detail: "The room’s name in it has characters that no room can have. Ask for the link again, and copy all of it."
  },
  nothingHere: {
    title: "There is nothing at this address",
    detail:
      "A link may have lost a part on its way. Copy all of it once more, or go to the start page and enter the room’s name."
  },
  unsupported: {
    title: "This browser cannot make video calls",
    detail: "Open the link in a current Chrome, Edge, Firefox or Safari."
  },
  unloaded: {
    title: "Part of this page could not be loaded",
    detail:
      "Check your connection, then try again. If the service was updated a moment ago, trying again loads the new page."
  },
  offline: "The service cannot be reached",
  unexpected: "The service answered something this page does not know"
}
