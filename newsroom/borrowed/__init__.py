"""Words of Django and of packages that this portal's catalogues say otherwise, or say at all.

Nothing imports these modules. They stand here so that `make messages` finds the strings and keeps
their translations in `locale/`, which win over Django's. `tests/newsroom/test_borrowed_words.py`
names what is missing after an update.
"""
