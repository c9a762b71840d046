"""What somebody may read. Every question is asked for a person; nothing here writes."""
