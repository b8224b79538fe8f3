-- Credentials of Cloudflare's TURN service that were given out, so that those of a peer that is gone can be revoked.
-- No reference to peers: a row must outlive its peer until that is done.

CREATE TABLE relays (
  username TEXT NOT NULL PRIMARY KEY,
  peer TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
