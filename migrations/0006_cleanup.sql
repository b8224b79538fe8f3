-- What the cleanup and the revoking of credentials look for stands in an index: they read about as much as they delete.

-- When this inbox was last rid of old messages, in milliseconds: none in it is older. Null: not since its peer joined.
-- An index of the messages by their age would cost each of them a written row; this costs a peer one write an hour.
ALTER TABLE peers ADD COLUMN swept_at INTEGER;
CREATE INDEX peers_swept ON peers (coalesce(swept_at, joined_at));

-- Rooms with a claim and rooms that never had one are looked for apart. A room stands in one of the two.
DROP INDEX rooms_active;
CREATE INDEX rooms_claimed ON rooms (active_at) WHERE claim IS NOT NULL;
CREATE INDEX rooms_unclaimed ON rooms (active_at) WHERE claim IS NULL AND ended_at IS NULL;

-- 1 once the peer is gone, in whatever way, and its credentials are to be revoked.
ALTER TABLE relays ADD COLUMN orphaned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX relays_peer ON relays (peer);
CREATE INDEX relays_orphaned ON relays (orphaned) WHERE orphaned = 1;
CREATE INDEX relays_expired ON relays (expires_at);

CREATE TRIGGER peers_relays AFTER DELETE ON peers BEGIN
  UPDATE relays SET orphaned = 1 WHERE peer = old.id;
END;

UPDATE relays SET orphaned = 1 WHERE peer NOT IN (SELECT id FROM peers);
