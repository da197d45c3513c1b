"""Django's SQLite backend with a gate before it, at which writers wait in the kernel instead of asking again."""
