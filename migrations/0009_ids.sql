-- An inbox gives no id a second time, also once the message that bore it is gone.

-- The last id that this inbox has given, as far as messages that were taken back or replaced may have borne it. Where its
-- peer has read that one already, a message that came later with a smaller id would never be read.
ALTER TABLE peers ADD COLUMN given_to INTEGER NOT NULL DEFAULT 0;
