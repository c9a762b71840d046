"""A demo company to try peerapp with: invented people whose boards and journals read like real work."""

DOMAIN = "example.com"
