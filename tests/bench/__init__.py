"""What is claimed of speed, measured: each module is a command that prints a table."""
