"""Feeds: composed once (`channel.py`), written as RSS, Atom or JSON Feed (`writers.py`)."""
