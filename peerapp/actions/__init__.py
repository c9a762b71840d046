"""What somebody intends, across rows. Actions flush and never commit; a refusal is returned, not raised."""
