/** The migrations that this Worker needs, by their names in `migrations/`. A test compares the two. */
export const migrations: ReadonlyArray<string> = [
  "0001_record.sql",
  "0002_relays.sql",
  "0003_moderation.sql",
  "0004_claims.sql",
  "0005_bounds.sql",
  "0006_cleanup.sql",
  "0007_relay_grants.sql",
  "0008_guesses.sql",
  "0009_ids.sql"
]
