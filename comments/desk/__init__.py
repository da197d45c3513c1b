"""The moderation desk: queues, cards, decisions by one key. Everything works as a plain form too."""
