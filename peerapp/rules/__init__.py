"""What is decided in peerapp, and nothing of how it is stored or shown: standard library only, no clock, no database."""
