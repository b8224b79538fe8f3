-- What one sender may leave in an inbox is bounded by itself alone, and found by an index: whatever else the inbox holds
-- costs a send nothing.

-- Numbered the whole inbox, and with it whom to refuse: one sender could fill what others needed.
ALTER TABLE messages DROP COLUMN ordinal;

-- What this sender has put into this inbox so far, this message included, in bytes; each counts for 4,096 at least. The
-- difference of two says what lies between them. Null where the service speaks of a peer, which bears no key.
ALTER TABLE messages ADD COLUMN sent INTEGER;

UPDATE messages SET sent = s.sent FROM (
  SELECT recipient, id, sum(max(length(body), 4096)) OVER (PARTITION BY recipient, sender ORDER BY id) AS sent
  FROM messages WHERE key IS NOT NULL) s
WHERE messages.recipient = s.recipient AND messages.id = s.id;

-- A key that came again after two minutes was another message.
UPDATE messages SET key = key || ' ' || id WHERE key IS NOT NULL AND EXISTS (
  SELECT 1 FROM messages m WHERE m.recipient = messages.recipient AND m.sender = messages.sender
    AND m.key = messages.key AND m.id > messages.id);

-- A message that is still here comes in once.
CREATE UNIQUE INDEX messages_key ON messages (recipient, sender, key) WHERE key IS NOT NULL;

-- Finds a sender's first and last message of a time.
CREATE INDEX messages_sent ON messages (recipient, sender, id, sent) WHERE key IS NOT NULL;

-- Finds what an inbox was told of a peer's comings and goings.
CREATE INDEX messages_news ON messages (recipient, sender) WHERE key IS NULL;

-- Counts the unread `left`.
CREATE INDEX messages_left ON messages (recipient, id) WHERE type = 'left';
