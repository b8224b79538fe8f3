-- Who may come in: the host's waiting room and lock, the guests that wait, and those that were put out.

-- New guests wait until the host lets them in.
ALTER TABLE rooms ADD COLUMN waiting_room INTEGER NOT NULL DEFAULT 0;

-- Nobody comes in whom the session does not know.
ALTER TABLE rooms ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;

-- A guest that waits to be let in: it may poll and leave, and nothing else.
ALTER TABLE peers ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;

-- The tokens of guests that the host has removed from the present session.
CREATE TABLE removals (
  room TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL,
  PRIMARY KEY (room, token_hash)
) STRICT, WITHOUT ROWID;
