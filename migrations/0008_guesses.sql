-- How many wrong host passwords the whole deployment was given in a minute: one row.

CREATE TABLE guesses (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  -- Minutes since 1970.
  minute INTEGER NOT NULL,
  number INTEGER NOT NULL
) STRICT;
