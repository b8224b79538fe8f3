import { assert } from "vitest"
import { type ConformanceCase, makeSecret, refused, typesOf } from "./wire.js"

const offer = { connection: "c1", sdp: "v=0", candidates: [{ candidate: "candidate:1" }] }

export const hostJoins: ReadonlyArray<ConformanceCase> = [
  {
    title: "a host's join claims a free room",
    run: async (room) => {
      const { cursor, guests, locked, peer, session, waitingRoom } = await room.host()
      assert.deepInclude(peer, { role: "host", name: "Host" })
      assert.isNotEmpty(peer.claim)
      assert.isNotEmpty(session)
      assert.deepStrictEqual([cursor, guests, waitingRoom, locked], [0, [], false, false])
    }
  },
  {
    title: "a host's join with the token and key that its host has resets nothing, and takes a new name",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const again = await room.host({ token: host.token, name: "Grace" })
      assert.strictEqual(again.session, host.session)
      assert.deepStrictEqual(again.peer, { ...host.peer, name: "Grace" })
      assert.deepStrictEqual(again.guests, [guest.peer])
    }
  },
  {
    title: "a host's join with a new token starts afresh: the tokens of before are unknown, the claim stays",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const again = await room.host()
      assert.notStrictEqual(again.session, host.session)
      assert.notStrictEqual(again.peer.id, host.peer.id)
      assert.strictEqual(again.peer.claim, host.peer.claim)
      assert.deepStrictEqual(again.guests, [])
      refused(await room.poll(guest.token), 401, "PeerUnknown")
      refused(await room.poll(host.token), 401, "PeerUnknown")
    }
  },
  {
    title: "a host's join with another key is refused while the room is claimed, its host there or not",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      refused(await room.tryHost({ hostKey: makeSecret() }), 409, "RoomTaken")
      refused(await room.tryHost({ hostKey: makeSecret(), resume: true }), 409, "RoomTaken")
      assert.deepStrictEqual(await room.inbox(guest.token), [])
      await room.tell(host.token, { type: "leave" })
      refused(await room.tryHost({ hostKey: makeSecret() }), 409, "RoomTaken")
    }
  },
  {
    title: "a host that resumes keeps session, id and guests; its old token is dead, and its guests are told",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const resumed = await room.host({ resume: true })
      assert.strictEqual(resumed.session, host.session)
      assert.deepStrictEqual(resumed.peer, host.peer)
      assert.deepStrictEqual(resumed.guests, [guest.peer])
      const inbox = await room.inbox(resumed.token)
      assert.deepStrictEqual(typesOf(inbox), ["joined"])
      assert.strictEqual(resumed.cursor, inbox[0]?.id)
      refused(await room.poll(host.token), 401, "PeerUnknown")
      const [told] = await room.inbox(guest.token)
      assert.deepInclude(told, { type: "host-joined", from: host.peer.id, peer: host.peer })
    }
  },
  {
    title: "a host that has left and resumes has a new id under the old claim",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      await room.tell(host.token, { type: "leave" })
      const back = await room.host({ resume: true })
      assert.notStrictEqual(back.peer.id, host.peer.id)
      assert.strictEqual(back.peer.claim, host.peer.claim)
      assert.deepStrictEqual(back.guests, [guest.peer])
      assert.deepStrictEqual(typesOf(await room.inbox(guest.token)), ["left", "host-joined"])
    }
  },
  {
    title: "a host that resumes in a free room claims it as any host's join does",
    run: async (room) => {
      const guest = await room.guest()
      const { guests, session } = await room.host({ resume: true })
      assert.deepStrictEqual(guests, [])
      assert.notStrictEqual(session, guest.session)
      refused(await room.poll(guest.token), 401, "PeerUnknown")
    }
  },
  {
    title: "a token is of one role: a join in the other is not allowed, and changes nothing",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      refused(await room.tryHost({ token: guest.token }), 403, "NotAllowed")
      refused(await room.tryGuest({ token: host.token }), 403, "NotAllowed")
      assert.deepStrictEqual((await room.host({ token: host.token })).guests, [guest.peer])
    }
  },
  {
    title: "a token is of one room: a join in another is not allowed",
    notInFake: "The fake has one room.",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const elsewhere = makeSecret()
      refused(await room.tryGuest({ token: guest.token, room: elsewhere }), 403, "NotAllowed")
      refused(await room.tryHost({ token: host.token, room: elsewhere }), 403, "NotAllowed")
      const { peer } = await room.host({ room: elsewhere })
      refused(await room.post({ type: "offer", to: peer.id, ...offer }, guest.token), 404, "RecipientUnknown")
    }
  }
]

export const guestJoins: ReadonlyArray<ConformanceCase> = [
  {
    title: "a guest comes before the host",
    run: async (room) => {
      const { claim, cursor, host, hosting, offered, peer } = await room.guest({ offer })
      assert.deepInclude(peer, { role: "guest", name: "Guest" })
      assert.notProperty(peer, "waiting")
      assert.deepStrictEqual([cursor, host, hosting, claim, offered], [0, null, "never", null, null])
    }
  },
  {
    title: "a guest that comes after the host knows it, and the host hears of the guest",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      assert.deepStrictEqual([guest.host, guest.hosting, guest.claim], [host.peer, "claimed", host.peer.claim])
      assert.strictEqual(guest.session, host.session)
      const { messages, ...rest } = Object((await room.poll(host.token)).json)
      const [joined, ...more] = messages
      assert.deepStrictEqual(joined, { id: joined.id, from: guest.peer.id, type: "joined", peer: guest.peer })
      assert.deepStrictEqual(more, [])
      assert.deepStrictEqual(rest, { cursor: joined.id, session: host.session })
    }
  },
  {
    title: "a guest that joins again is the same peer, with its inbox and its new name, and the host has one joined",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const id = Object(await room.tell(host.token, { type: "offer", to: guest.peer.id, ...offer })).id
      const again = await room.guest({ token: guest.token, name: "Grace" })
      assert.deepStrictEqual(again.peer, { ...guest.peer, name: "Grace" })
      assert.strictEqual(again.cursor, id)
      assert.deepStrictEqual(typesOf(await room.inbox(guest.token)), ["offer"])
      const news = await room.inbox(host.token)
      assert.deepStrictEqual(typesOf(news), ["joined"])
      assert.deepInclude(news[0], { peer: again.peer })
    }
  },
  {
    title: "a guest that has left is the same peer when it joins again under the same claim",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      await room.tell(guest.token, { type: "leave" })
      const again = await room.guest({ token: guest.token })
      assert.strictEqual(again.peer.id, guest.peer.id)
      assert.deepStrictEqual(typesOf(await room.inbox(host.token)), ["left", "joined"])
    }
  },
  {
    title: "an offer that comes with a join stands behind the joined",
    run: async (room) => {
      const host = await room.host()
      const { offered, peer } = await room.guest({ offer })
      const [joined, call, ...more] = await room.inbox(host.token)
      assert.deepInclude(joined, { type: "joined", from: peer.id })
      assert.deepStrictEqual<unknown>(call, { type: "offer", id: offered, from: peer.id, ...offer })
      assert.deepStrictEqual(more, [])
    }
  },
  {
    title: "an offer that comes with a join is delivered once, and the repeat's cursor stands before its answer",
    run: async (room) => {
      const host = await room.host()
      const first = await room.guest({ offer })
      await room.tell(host.token, { type: "answer", to: first.peer.id, connection: "c1", sdp: "v=0" })
      const again = await room.guest({ token: first.token, offer })
      assert.strictEqual(again.offered, first.offered)
      assert.deepStrictEqual(typesOf(await room.inbox(host.token)), ["offer", "joined"])
      const { messages } = Object((await room.poll(first.token, again.cursor)).json)
      assert.deepStrictEqual(typesOf(messages), ["answer"])
      const next = await room.guest({ token: first.token, offer: { ...offer, connection: "c2" } })
      assert.isAbove(next.offered ?? 0, first.offered ?? 0)
    }
  },
  {
    title: "an offer that comes with a join goes to the host of the claim that it names, and to no other",
    run: async (room) => {
      const { guest, host } = await room.meeting()
      const { token } = guest
      assert.isNull((await room.guest({ token, offer: { ...offer, claim: "another" } })).offered)
      assert.isNotNull((await room.guest({ token, offer: { ...offer, claim: guest.claim } })).offered)
      const messages = await room.inbox(host.token)
      assert.deepStrictEqual(typesOf(messages), ["joined", "offer"])
      assert.notProperty(messages[1], "claim")
    }
  },
  {
    title: "a full room takes no more guests, until one leaves",
    run: async (room) => {
      const [first] = [await room.guest(), await room.guest(), await room.guest()]
      refused(await room.tryGuest(), 409, "RoomFull")
      await room.guest({ token: first.token })
      await room.tell(first.token, { type: "leave" })
      await room.guest()
    }
  }
]

export const hostPassword = "open sesame"

/** Of a deployment with a host password. */
export const passwords: ReadonlyArray<ConformanceCase> = [
  {
    title: "a host needs the deployment's password, and guests need none",
    run: async (room) => {
      refused(await room.tryHost(), 403, "HostPasswordWrong")
      refused(await room.tryHost({ hostPassword: "open barley" }), 403, "HostPasswordWrong")
      await room.host({ hostPassword })
      await room.guest()
    }
  },
  {
    title: "a taken room is taken back with the password: the session is resumed under another claim",
    run: async (room) => {
      const host = await room.host({ hostPassword })
      const guest = await room.guest()
      const back = await room.host({ hostKey: makeSecret(), hostPassword, resume: true })
      assert.strictEqual(back.session, host.session)
      assert.notStrictEqual(back.peer.id, host.peer.id)
      assert.notStrictEqual(back.peer.claim, host.peer.claim)
      assert.deepStrictEqual(back.guests, [guest.peer])
      refused(await room.poll(host.token), 401, "PeerUnknown")
      const [told] = await room.inbox(guest.token)
      assert.deepInclude(told, { type: "host-joined", from: back.peer.id, peer: back.peer })
    }
  },
  {
    title: "a taken room is taken back with the password and started afresh: the session is over for its guests",
    run: async (room) => {
      await room.host({ hostPassword })
      const guest = await room.guest()
      const back = await room.host({ hostKey: makeSecret(), hostPassword })
      assert.deepStrictEqual(back.guests, [])
      refused(await room.poll(guest.token), 410, "SessionEnded")
    }
  }
]
