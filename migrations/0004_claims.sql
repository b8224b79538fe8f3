-- An ended session is over for its guests: who was let in under a claim is known for as long as it may matter.

-- Public id of the claim under which the host's key holds the room. Null while the room is free.
ALTER TABLE rooms ADD COLUMN claim TEXT;

-- When the last claim ended. Null while there is a claim, and where there has never been one.
ALTER TABLE rooms ADD COLUMN ended_at INTEGER;

-- Which claim a guest's token was let in under, waiting guests too. Written by the join, and taken back by nothing: not
-- by a reset, a removal, a good-bye or the guest's age. So no deletion of a peer can forget who must not be handed to the
-- next host. With `ended_at` a row is the token's tombstone.
CREATE TABLE memberships (
  token_hash TEXT NOT NULL,
  claim TEXT NOT NULL,
  -- The id that the guest has whenever it is there: who leaves and comes back is the same to the host that removes it.
  peer TEXT NOT NULL,
  -- When the claim ended. Null while it holds its room.
  ended_at INTEGER,
  PRIMARY KEY (token_hash, claim)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_claim ON memberships (claim);
CREATE INDEX memberships_ended ON memberships (ended_at) WHERE ended_at IS NOT NULL;

-- Rooms whose last session was ended are kept longer than others, and looked for apart from them.
DROP INDEX rooms_active;
CREATE INDEX rooms_active ON rooms (active_at) WHERE ended_at IS NULL;
CREATE INDEX rooms_ended ON rooms (ended_at) WHERE ended_at IS NOT NULL;

-- Sessions that are under way go on.
UPDATE rooms SET claim = lower(hex(randomblob(12))) WHERE host_key_hash IS NOT NULL;
INSERT INTO memberships (token_hash, claim, peer)
  SELECT p.token_hash, r.claim, p.id FROM peers p JOIN rooms r ON r.id = p.room
  WHERE p.role = 'guest' AND r.claim IS NOT NULL;
