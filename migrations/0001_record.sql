-- The record of signaling: rooms, the peers of their sessions, and each peer's inbox. Times are milliseconds since 1970.

CREATE TABLE rooms (
  id TEXT NOT NULL PRIMARY KEY,
  -- SHA-256 of the host key, base64url. Null while the room is free: guests may wait in a room that no host has claimed.
  host_key_hash TEXT,
  session TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- When the host was last seen; the claim ends PEER_TTL after it.
  active_at INTEGER NOT NULL
) STRICT;

CREATE INDEX rooms_active ON rooms (active_at);

CREATE TABLE peers (
  id TEXT NOT NULL PRIMARY KEY,
  room TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('host', 'guest')),
  name TEXT NOT NULL,
  -- SHA-256 of the peer token, base64url.
  token_hash TEXT NOT NULL UNIQUE,
  joined_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  -- The cursor that this peer polled with when it was last seen: what lies behind it is unread.
  read_to INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX peers_room ON peers (room, role);
CREATE UNIQUE INDEX peers_one_host ON peers (room) WHERE role = 'host';
CREATE INDEX peers_seen ON peers (seen_at);

CREATE TABLE messages (
  recipient TEXT NOT NULL REFERENCES peers (id) ON DELETE CASCADE,
  -- A hybrid timestamp: microseconds since 1970, but at least the inbox's last id + 1.
  id INTEGER NOT NULL,
  -- One more than the inbox's last message has: the difference of two says how many lie between them.
  ordinal INTEGER NOT NULL,
  -- A peer that may be gone by now, so no reference.
  sender TEXT NOT NULL,
  key TEXT,
  type TEXT NOT NULL,
  -- What the type adds to the message, as a JSON object.
  body TEXT NOT NULL,
  PRIMARY KEY (recipient, id)
) STRICT, WITHOUT ROWID;
