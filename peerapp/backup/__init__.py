"""How does everything get into one file, and back into an empty database of either kind?

A backup is a zip archive: `manifest.json` (version, revision of the schema, when, and for each table its columns, rows
and SHA-256) and one file of JSON lines a table, all read from one snapshot while people go on working. It is our own
format because no tool of the database can be relied on to be installed, and because a backup of SQLite then restores
into PostgreSQL: that is how a company moves when it outgrows one machine.

In it: everything people typed, their accounts and the hashes of their passwords. Not in it: what is only good for a
while (sign-ins, one-time links, letters on their way, counters, leases; see `manifest.FLEETING`), the settings
(`peerapp.toml`, `secret_key`), and never the open feedback rounds: `instance/ballots.sqlite` must not be part of any
backup, ours or another, for a copy of it taken twice could be compared.
"""
