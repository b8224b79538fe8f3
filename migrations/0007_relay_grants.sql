-- How many sets of relay credentials were given out in an hour.

CREATE TABLE relay_grants (
  -- Hours since 1970.
  hour INTEGER NOT NULL,
  -- To whom: a keyed hash of the caller's network, or nothing for the whole deployment.
  holder TEXT NOT NULL,
  granted INTEGER NOT NULL,
  PRIMARY KEY (hour, holder)
) STRICT, WITHOUT ROWID;
