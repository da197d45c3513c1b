"""Search: what a reader types, the index of all articles, and what is found in it."""
