import { assert } from "vitest"
import { type ConformanceCase, type Place, type Room, refused, typesOf } from "./wire.js"

const offerTo = (host: Place) => ({ type: "offer", to: host.peer.id, connection: "c1", sdp: "v=0" })

/** A host with a waiting room, and a guest that came before it was closed. */
const guarded = async (room: Room) => {
  const { guest, host } = await room.meeting()
  await room.tell(host.token, { type: "room", waitingRoom: true })
  return { host, inside: guest }
}

export const waitingRooms: ReadonlyArray<ConformanceCase> = [
  {
    title: "a waiting room holds back those who come later, and nobody who is in",
    run: async (room) => {
      const { host, inside } = await guarded(room)
      const offer = { connection: "c1", sdp: "v=0" }
      const waiting = await room.guest({ offer })
      assert.deepInclude(waiting.peer, { waiting: true })
      assert.deepStrictEqual([waiting.host, waiting.offered], [null, null])
      assert.deepStrictEqual([waiting.hosting, waiting.claim], ["claimed", host.peer.claim])
      refused(await room.post(offerTo(host), waiting.token), 403, "NotAllowed")
      assert.deepInclude((await room.inbox(host.token)).at(-1), { type: "joined", peer: waiting.peer })
      assert.deepStrictEqual((await room.guest({ token: waiting.token })).peer, waiting.peer)
      assert.notProperty((await room.guest({ token: inside.token })).peer, "waiting")
      await room.tell(inside.token, offerTo(host))
    }
  },
  {
    title: "a guest that is let in hears it once, and is in from then on",
    run: async (room) => {
      const { host } = await guarded(room)
      const [waiting, other] = [await room.guest(), await room.guest()]
      for (let times = 0; times < 2; times++) await room.tell(host.token, { type: "admit", peer: waiting.peer.id })
      const [admitted, ...more] = await room.inbox(waiting.token)
      const { id, ...told } = admitted ?? {}
      assert.isNumber(id)
      assert.deepStrictEqual(told, { from: host.peer.id, type: "admitted", host: host.peer })
      assert.deepStrictEqual(more, [])
      assert.deepStrictEqual(await room.inbox(other.token), [])
      await room.tell(waiting.token, offerTo(host))
      const back = await room.guest({ token: waiting.token })
      assert.deepStrictEqual(back.host, host.peer)
      assert.notProperty(back.peer, "waiting")
    }
  },
  {
    title: "a waiting room that opens lets in all that wait",
    run: async (room) => {
      const { host } = await guarded(room)
      const [one, other] = [await room.guest(), await room.guest()]
      await room.tell(host.token, { type: "room", waitingRoom: false })
      for (const { token } of [one, other]) assert.deepStrictEqual(typesOf(await room.inbox(token)), ["admitted"])
      await room.tell(other.token, offerTo(host))
    }
  },
  {
    title: "guests that wait have a bound of their own, and no more are let in than fit",
    run: async (room) => {
      const { host } = await guarded(room)
      const [one, other] = [await room.guest(), await room.guest()]
      refused(await room.tryGuest(), 409, "RoomFull")
      await room.tell(host.token, { type: "admit", peer: one.peer.id })
      const third = await room.guest()
      refused(await room.post({ type: "room", waitingRoom: false }, host.token), 409, "RoomFull")
      assert.isTrue((await room.host({ resume: true, token: host.token })).waitingRoom)
      await room.tell(host.token, { type: "admit", peer: other.peer.id })
      refused(await room.post({ type: "admit", peer: third.peer.id }, host.token), 409, "RoomFull")
      assert.deepStrictEqual(await room.inbox(third.token), [])
    }
  },
  {
    title: "a host that resumes is told to nobody who waits",
    run: async (room) => {
      const { inside } = await guarded(room)
      const waiting = await room.guest()
      await room.host({ resume: true })
      assert.deepStrictEqual(await room.inbox(waiting.token), [])
      assert.deepStrictEqual(typesOf(await room.inbox(inside.token)), ["host-joined"])
    }
  }
]

export const removals: ReadonlyArray<ConformanceCase> = [
  {
    title: "a guest that is removed does not come back with its token, and what it sent is gone",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      await room.tell(guest.token, offerTo(host))
      await room.tell(host.token, { type: "remove", peer: guest.peer.id })
      assert.deepStrictEqual(await room.inbox(host.token), [])
      refused(await room.poll(guest.token), 401, "PeerUnknown")
      refused(await room.tryGuest({ token: guest.token }), 403, "Removed")
      await room.guest()
    }
  },
  {
    title: "a guest that has just left is removed as well, and again without harm",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      await room.tell(guest.token, { type: "leave" })
      for (let times = 0; times < 2; times++) await room.tell(host.token, { type: "remove", peer: guest.peer.id })
      refused(await room.tryGuest({ token: guest.token }), 403, "Removed")
    }
  },
  {
    title: "a session that starts afresh takes in again whom the one before removed",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      await room.tell(host.token, { type: "remove", peer: guest.peer.id })
      await room.host()
      await room.guest({ token: guest.token })
    }
  },
  {
    title: "those that wait are refused all at once, and the host hears left of each",
    run: async (room) => {
      const { host, inside } = await guarded(room)
      const waiting = [await room.guest(), await room.guest()]
      await room.tell(host.token, { type: "refuse" })
      assert.deepStrictEqual(
        (await room.inbox(host.token)).map(({ from, type }) => [type, from]),
        [["joined", inside.peer.id], ...waiting.map(({ peer }) => ["left", peer.id])]
      )
      for (const { token } of waiting) {
        refused(await room.poll(token), 401, "PeerUnknown")
        refused(await room.tryGuest({ token }), 403, "Removed")
      }
      await room.tell(inside.token, offerTo(host))
    }
  },
  {
    title: "a locked room takes in nobody whom it does not know, until it is opened",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      await room.tell(host.token, { type: "room", locked: true })
      const locked = await room.tryGuest()
      refused(locked, 403, "RoomLocked")
      assert.strictEqual(locked.json.claim, host.peer.claim)
      await room.guest({ token: guest.token })
      const resumed = await room.host({ resume: true, token: host.token })
      assert.deepStrictEqual([resumed.locked, resumed.waitingRoom], [true, false])
      await room.tell(host.token, { type: "room", locked: false })
      await room.guest()
    }
  },
  {
    title: "a session that starts afresh is unlocked, and keeps its waiting room",
    run: async (room) => {
      const { host } = await guarded(room)
      await room.tell(host.token, { type: "room", locked: true })
      const { locked, waitingRoom } = await room.host()
      assert.deepStrictEqual([locked, waitingRoom], [false, true])
    }
  },
  {
    title: "a host moderates the guests of its session alone",
    run: async (room) => {
      const { host } = await room.meeting()
      for (const peer of ["nobody", host.peer.id]) {
        for (const type of ["admit", "remove"]) {
          refused(await room.post({ type, peer }, host.token), 404, "RecipientUnknown")
        }
      }
    }
  },
  {
    title: "a guest moderates nobody",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const { peer } = await room.guest()
      const requests = [
        { type: "admit", peer: peer.id },
        { type: "remove", peer: peer.id },
        { type: "refuse" },
        { type: "room", locked: true }
      ]
      for (const request of requests) refused(await room.post(request, guest.token), 403, "NotAllowed")
      assert.isFalse((await room.host({ resume: true, token: host.token })).locked)
    }
  }
]
