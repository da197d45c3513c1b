"""Mail of the newsroom: notices to staff, and answers to readers."""
