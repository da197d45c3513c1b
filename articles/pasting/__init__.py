"""What is pasted, as a newsroom writes: letters, marks, spaces, structure; and what was changed of it.

`letters.py` holds the rules for text, `markup.py` those for HTML. They are pure functions: nothing
is stored and nothing asked.
"""

from articles.pasting.letters import clean_text
from articles.pasting.markup import clean_markup, markup_of_text
from articles.pasting.tally import Change, Cleaned

__all__ = ["Change", "Cleaned", "clean_markup", "clean_paste", "clean_text", "markup_of_text"]


def clean_paste(language: str, text: str, html: str = "", *, rich: bool) -> Cleaned:
    """What was pasted into a field of `language` (“ar”, “fr”, “en”), cleaned, and the changes.

    A `rich` field takes HTML, made of `html` or, where there is none, of the lines of `text`; any
    other takes `text`. Cleaning what was cleaned changes nothing. Raises ValidationError where the
    HTML is too long or too deep.
    """
    if not rich:
        return clean_text(text, language)
    return clean_markup(html or markup_of_text(text), language)
