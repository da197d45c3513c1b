"""The front page board: what stands where, and the buttons that change it."""
