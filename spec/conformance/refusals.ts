import { assert } from "vitest"
import { type ConformanceCase, makeSecret, refused, succeeded } from "./wire.js"

const description = { connection: "c1", sdp: "v=0" }
const offer = { type: "offer", to: "nobody", ...description }
const candidates = { type: "candidate", to: "nobody", connection: "c1" }
const guest = { type: "join", role: "guest", token: makeSecret() }

/** Bodies that do not decode. */
const malformed: ReadonlyArray<unknown> = [
  "",
  "{",
  {},
  { type: "dance" },
  { ...guest, role: "king" },
  { ...guest, token: "short" },
  { ...guest, room: "a room" },
  { ...guest, name: " " },
  { ...guest, name: "n".repeat(65) },
  { ...guest, offer: { connection: "c1" } },
  { ...guest, role: "host" },
  { ...offer, sdp: "" },
  { ...offer, sdp: "s".repeat(60_001) },
  { ...offer, connection: "c 1" },
  { ...candidates, candidates: [] },
  { ...candidates, candidates: new Array(65).fill(null) },
  { type: "room" },
  { type: "admit" }
]

const trusting = "The fake is asked by the typed client alone, and decodes nothing."

export const refusals: ReadonlyArray<ConformanceCase> = [
  {
    title: "a token that nobody has is unknown, whatever it asks for",
    run: async ({ exchange, poll, post }) => {
      for (const token of [makeSecret(), undefined]) {
        for (const body of [offer, { type: "away" }, { type: "leave" }, { type: "refuse" }]) {
          refused(await post(body, token), 401, "PeerUnknown")
        }
        refused(await exchange({ method: "POST", path: "/turn-credentials", token }), 401, "PeerUnknown")
        refused(await exchange({ method: "GET", path: "/messages", token }), 401, "PeerUnknown")
      }
      refused(await poll(makeSecret(), 0, 25), 401, "PeerUnknown")
    }
  },
  {
    title: "ICE servers are given to every peer, and to try with to everybody",
    run: async (room) => {
      const { token } = await room.guest()
      for (const request of [
        { path: "/turn-credentials", token },
        { path: "/turn-credentials/trial", body: { room: room.name } }
      ]) {
        const answer = succeeded(await room.exchange({ method: "POST", ...request }))
        assert.hasAllKeys(answer, ["iceServers", "expiresAt", "relay", "policy"])
        assert.isArray(answer.iceServers)
      }
    }
  },
  {
    title: "a body that does not decode is refused",
    notInFake: trusting,
    run: async (room) => {
      const { token } = await room.guest()
      for (const body of malformed) refused(await room.post(body, token), 400, "HttpApiDecodeError")
      refused(await room.post(offer, token, "k".repeat(65)), 400, "HttpApiDecodeError")
    }
  },
  {
    title: "a query that does not decode is refused",
    notInFake: trusting,
    run: async ({ exchange, guest }) => {
      const { token } = await guest()
      for (const query of ["after=-1", "after=1e3", "after=x", "wait=26", "wait=0.5"]) {
        refused(await exchange({ method: "GET", path: `/messages?${query}`, token }), 400, "HttpApiDecodeError")
      }
    }
  },
  {
    title: "what cannot be seen of a name is taken out",
    notInFake: trusting,
    run: async (room) => {
      const { peer } = await room.guest({ name: " A\u200bda\n" })
      assert.strictEqual(peer.name, "Ada")
    }
  },
  {
    title: "a path that is none, and a method that a path does not have, are refused",
    notInFake: trusting,
    run: async ({ exchange }) => {
      refused(await exchange({ method: "GET", path: "/nowhere" }), 404, "RouteNotFound")
      refused(await exchange({ method: "GET", path: "/signaling" }), 405, "MethodNotAllowed")
    }
  }
]
