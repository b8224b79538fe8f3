import { assert } from "vitest"
import { type ConformanceCase, idOf, makeSecret, refused, succeeded, typesOf } from "./wire.js"

const description = { connection: "c1", sdp: "v=0" }

export const sends: ReadonlyArray<ConformanceCase> = [
  {
    title: "offers, answers and candidates reach the other side whole, with who sent them, and nothing else",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const batch = { connection: "c1", candidates: [{ candidate: "candidate:1", sdpMid: "0" }, null], complete: true }
      const offer = { type: "offer", ...description, candidates: [{ candidate: "candidate:2" }] }
      const sent = [
        await room.tell(guest.token, { ...offer, to: host.peer.id, mood: "fine" }),
        await room.tell(guest.token, { type: "candidate", to: host.peer.id, ...batch })
      ]
      const from = guest.peer.id
      assert.deepStrictEqual((await room.inbox(host.token)).slice(1), [
        { id: Number(sent[0]?.id), from, ...offer },
        { id: Number(sent[1]?.id), from, type: "candidate", ...batch }
      ])
      const { id } = await room.tell(host.token, { type: "answer", to: from, ...description })
      const inbox = await room.inbox(guest.token)
      assert.deepStrictEqual(inbox, [{ id: Number(id), from: host.peer.id, type: "answer", ...description }])
    }
  },
  {
    title: "the same key from the same sender to the same recipient is delivered once, whatever the body",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const other = await room.guest()
      const offer = { type: "offer", to: host.peer.id, ...description }
      const first = idOf(await room.post(offer, guest.token, "k1"))
      const next = idOf(await room.post(offer, guest.token, "k2"))
      assert.isAbove(next, first)
      assert.strictEqual(idOf(await room.post({ ...offer, sdp: "v=1" }, guest.token, "k1")), first)
      assert.isAbove(idOf(await room.post(offer, other.token, "k1")), next)
      assert.deepStrictEqual(typesOf(await room.inbox(host.token)), ["joined", "joined", "offer", "offer", "offer"])
      for (const { peer } of [guest, other]) await room.post({ ...offer, to: peer.id }, host.token, "k1")
      assert.deepStrictEqual(typesOf(await room.inbox(other.token)), ["offer"])
    }
  },
  {
    title: "messages without a key are all delivered",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const offer = { type: "offer", to: host.peer.id, ...description }
      for (let times = 0; times < 2; times++) await room.tell(guest.token, offer)
      assert.deepStrictEqual(typesOf(await room.inbox(host.token)), ["joined", "offer", "offer"])
    }
  },
  {
    title: "a peer writes to the other side of its room alone",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const other = await room.guest()
      const to = (id: string) => ({ type: "offer", to: id, ...description })
      for (const id of ["nobody", guest.peer.id, other.peer.id]) {
        refused(await room.post(to(id), guest.token), 404, "RecipientUnknown")
      }
      refused(await room.post(to(host.peer.id), host.token), 404, "RecipientUnknown")
    }
  },
  {
    title: "a sender that leaves too much in an inbox is refused, its repeats and all others are not",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const other = await room.guest()
      const offer = { type: "offer", to: host.peer.id, ...description }
      const first = idOf(await room.post(offer, guest.token, "first"))
      for (let sent = 1; sent < 20; sent++) await room.tell(guest.token, offer)
      const full = await room.post(offer, guest.token)
      refused(full, 429, "InboxFull")
      assert.isAtLeast(Number(full.retryAfter), 1)
      assert.strictEqual(idOf(await room.post(offer, guest.token, "first")), first)
      await room.tell(other.token, offer)
      await room.tell(host.token, { ...offer, to: guest.peer.id })
    }
  },
  {
    title: "a large message counts for several",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const large = { type: "offer", to: host.peer.id, ...description, sdp: "s".repeat(40_000) }
      for (let sent = 0; sent < 2; sent++) await room.tell(guest.token, large)
      refused(await room.post(large, guest.token), 429, "InboxFull")
    }
  }
]

export const polls: ReadonlyArray<ConformanceCase> = [
  {
    title: "a poll gives what stands behind its cursor, as often as it is asked",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const ids: Array<number> = []
      for (const connection of ["c1", "c2", "c3"]) {
        const offer = { type: "offer", to: host.peer.id, ...description, connection }
        ids.push(idOf(await room.post(offer, guest.token)))
      }
      for (let times = 0; times < 2; times++) {
        const { cursor, messages } = Object((await room.poll(host.token, ids[0])).json)
        assert.deepStrictEqual(
          messages.map(({ connection, id }: Record<string, unknown>) => [id, connection]),
          [
            [ids[1], "c2"],
            [ids[2], "c3"]
          ]
        )
        assert.strictEqual(cursor, ids[2])
      }
    }
  },
  {
    title: "a poll with nothing to give answers with its own cursor, after the wait",
    run: async (room) => {
      const { session, token } = await room.guest()
      const nothing = { messages: [], cursor: 7, session }
      assert.deepStrictEqual(succeeded(await room.poll(token, 7)), nothing)
      assert.deepStrictEqual(succeeded(await room.poll(token, 7, 1)), nothing)
    }
  },
  {
    title: "a held poll answers when a message comes",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const held = room.poll(guest.token, 0, 25)
      await room.tell(host.token, { type: "answer", to: guest.peer.id, ...description })
      const { messages } = Object(succeeded(await held))
      assert.deepStrictEqual(typesOf(messages), ["answer"])
    }
  },
  {
    title: "a held poll answers when its peer is removed, and when its session starts afresh",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const other = await room.guest()
      const [removed, reset] = [room.poll(guest.token, 0, 25), room.poll(other.token, 0, 25)]
      await room.tell(host.token, { type: "remove", peer: guest.peer.id })
      refused(await removed, 401, "PeerUnknown")
      await room.host()
      refused(await reset, 401, "PeerUnknown")
    }
  }
]

export const goings: ReadonlyArray<ConformanceCase> = [
  {
    title: "a guest that leaves takes along what it has sent, and the host hears left",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      await room.tell(guest.token, { type: "offer", to: host.peer.id, ...description })
      assert.deepStrictEqual(await room.tell(guest.token, { type: "leave" }), { type: "accepted" })
      const [left, ...more] = await room.inbox(host.token)
      assert.deepStrictEqual<unknown>(left, { id: left?.id, from: guest.peer.id, type: "left" })
      assert.deepStrictEqual(more, [])
      refused(await room.poll(guest.token), 401, "PeerUnknown")
      assert.deepStrictEqual((await room.host({ resume: true })).guests, [])
    }
  },
  {
    title: "a guest that comes and goes fills nothing",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      for (let times = 0; times < 3; times++) {
        await room.tell(guest.token, { type: "leave" })
        await room.guest({ token: guest.token })
      }
      assert.deepStrictEqual(typesOf(await room.inbox(host.token)), ["left", "joined"])
    }
  },
  {
    title: "a guest that goes away keeps its place, and a joined says that it is back",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      for (let times = 0; times < 2; times++) await room.tell(guest.token, { type: "away" })
      const [joined, away, ...more] = await room.inbox(host.token)
      assert.strictEqual(joined?.type, "joined")
      assert.deepStrictEqual<unknown>(away, { id: away?.id, from: guest.peer.id, type: "away" })
      assert.deepStrictEqual(more, [])
      assert.deepStrictEqual((await room.host({ resume: true, token: host.token })).guests, [guest.peer])
      await room.guest({ token: guest.token })
      assert.deepStrictEqual(typesOf(await room.inbox(host.token)), ["joined"])
      refused(await room.post({ type: "away" }, host.token), 403, "NotAllowed")
    }
  },
  {
    title: "a host that leaves keeps the room, and each guest hears left",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      await room.tell(host.token, { type: "leave" })
      const [left] = await room.inbox(guest.token)
      assert.deepInclude(left, { type: "left", from: host.peer.id })
      refused(await room.poll(host.token), 401, "PeerUnknown")
      const { claim, host: nobody, hosting } = await room.guest()
      assert.deepStrictEqual([nobody, hosting, claim], [null, "claimed", host.peer.claim])
    }
  },
  {
    title: "an ended session is over for its guests, there or not, and the room is free",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const gone = await room.guest()
      await room.tell(gone.token, { type: "leave" })
      await room.tell(host.token, { type: "room", waitingRoom: true })
      const waiting = await room.guest()
      const held = room.poll(guest.token, 0, 25)
      await room.tell(host.token, { type: "leave", end: true })
      refused(await held, 410, "SessionEnded")
      refused(await room.poll(host.token), 401, "PeerUnknown")
      const { claim, hosting } = await room.guest()
      assert.deepStrictEqual([claim, hosting], [null, "ended"])
      const stranger = await room.host({ hostKey: makeSecret() })
      assert.deepStrictEqual([stranger.guests, stranger.waitingRoom], [[], false])
      assert.notStrictEqual(stranger.peer.claim, host.peer.claim)
      for (const { token } of [guest, gone, waiting]) {
        refused(await room.poll(token), 410, "SessionEnded")
        refused(await room.post({ type: "offer", to: stranger.peer.id, ...description }, token), 410, "SessionEnded")
        refused(await room.post({ type: "leave" }, token), 410, "SessionEnded")
        refused(await room.tryGuest({ token }), 410, "SessionEnded")
        refused(await room.tryGuest({ token, room: makeSecret() }), 410, "SessionEnded")
        refused(await room.tryHost({ token }), 410, "SessionEnded")
      }
      assert.deepStrictEqual(await room.inbox(stranger.token), [])
    }
  },
  {
    title: "a guest cannot end the session, and stays",
    run: async (room) => {
      const { guest } = await room.meeting()
      refused(await room.post({ type: "leave", end: true }, guest.token), 403, "NotAllowed")
      assert.deepStrictEqual(await room.inbox(guest.token), [])
    }
  }
]
