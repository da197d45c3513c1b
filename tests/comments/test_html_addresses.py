"""Where an address in a comment ends, whatever stands round it."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.html import comment_html

OUTSIDE = "،؛؟»«”“…!"
ADDRESSES = st.sampled_from(["https://", "http://", "www."]).flatmap(
    lambda start: st.text("abcxyz019-_/=&?%ابتث", min_size=1, max_size=20).map(
        lambda rest: f"{start}example.ma/{rest}z"
    )
)
WORDS = st.text("ابتثجحخ abc", max_size=8).map(str.strip)


def links(text: str) -> list[str]:
    tree = html5lib.parseFragment(comment_html(text), treebuilder="etree", namespaceHTMLElements=False)
    return ["".join(link.itertext()) for link in tree.iter("a")]


@given(ADDRESSES, st.text(OUTSIDE + ".,;:)", min_size=1, max_size=4), WORDS)
def test_punctuation_behind_an_address_stays_outside(address: str, marks: str, word: str) -> None:
    assert links(f"انظر {address}{marks} {word}") == [address]


@given(ADDRESSES, st.sampled_from(["«{}»", "({})", "“{}”", '"{}"', "[{}]", "«({})»؟", "({}، {})"]), WORDS)
def test_what_encloses_an_address_stays_outside(address: str, frame: str, word: str) -> None:
    text = f"{word} {frame.format(address, address)} {word}"

    assert links(text) == [address] * frame.count("{}")


@given(ADDRESSES, st.sampled_from("،؛؟»«"), ADDRESSES)
def test_arabic_punctuation_ends_an_address_even_without_a_space(first: str, mark: str, second: str) -> None:
    assert links(f"{first}{mark}{second}")[0] == first


@given(st.lists(ADDRESSES | WORDS | st.sampled_from([*OUTSIDE, ")", "(", "\n", " "]), max_size=12).map("".join))
def test_no_link_holds_arabic_punctuation_or_ends_in_a_bracket(text: str) -> None:
    for link in links(text):
        assert not set(link) & set("،؛؟«»")
        assert not link.endswith((")", ".", ",", "!", "…"))


@pytest.mark.parametrize("mark", ["،", "؛", "؟", "»", ")"])
def test_the_examples_of_arabic_prose(mark: str) -> None:
    assert links(f"(انظر «https://example.ma/خبر{mark} ثم عد») ") == ["https://example.ma/خبر"]
