"""Pasted punctuation: Latin marks between Arabic words become Arabic ones, and no others."""

import pytest

from articles.pasting import clean_paste


def cleaned(text: str) -> str:
    return clean_paste("ar", text, rich=False).content


@pytest.mark.parametrize(
    ("pasted", "written"),
    [
        ("قال الوزير, إن", "قال الوزير، إن"),
        ("قال الوزير,إن", "قال الوزير،إن"),
        ("أولا; ثانيا", "أولا؛ ثانيا"),
        ("هل عاد القطار?", "هل عاد القطار؟"),
        ("هل كان ذلك في 2024?", "هل كان ذلك في 2024؟"),
        ("سنة 2024, قال", "سنة 2024، قال"),
        ("المدير, 45 سنة, من وجدة", "المدير، 45 سنة، من وجدة"),
        ("شركة Orange, التي", "شركة Orange، التي"),
        ("من المدير, Ali", "من المدير، Ali"),
        ("نَعَمْ, لا", "نَعَمْ، لا"),
        ("«نعم», قال", "«نعم»، قال"),
        ("آخر كلمة,", "آخر كلمة،"),
    ],
)
def test_marks_between_arabic_words_become_arabic(pasted: str, written: str) -> None:
    assert cleaned(pasted) == written


@pytest.mark.parametrize(
    "text",
    [
        "نسبة 1,5 في المائة",
        "مبلغ 1,234,567.89 درهم",
        "على الساعة 14:30",
        "شركات Orange, Inwi وMaroc Telecom",
        "قال: Yes, we can; right? ثم سكت",
        "Rabat, le 5 août",
        "انظر https://a.ma/?a=1,2;b في الموقع",
        "5, 6, 7",
        "a, b\nقال",
        "Le roi\n, قال"[:6],
        "أ &amp; ب &#39; ج",
    ],
)
def test_marks_of_numbers_latin_words_and_addresses_stay(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("pasted", "written"),
    [
        ('قال "نعم" وذهب', "قال «نعم» وذهب"),
        ("قال “نعم” وذهب", "قال «نعم» وذهب"),
        ("قال ”نعم“ وذهب", "قال «نعم» وذهب"),
        ('و"الصحيفة" قالت', "و«الصحيفة» قالت"),
        ('مجلة "Jeune Afrique" الفرنسية', "مجلة «Jeune Afrique» الفرنسية"),
        ('"نعم" و"لا"', "«نعم» و«لا»"),
        ('قال: "سمعت "نعم" فقط"', "قال: «سمعت «نعم» فقط»"),
        ('"نعم".', "«نعم»."),
    ],
)
def test_quotation_marks_round_arabic_become_guillemets(pasted: str, written: str) -> None:
    assert cleaned(pasted) == written


@pytest.mark.parametrize(
    "text",
    [
        'He said "yes" again',
        'قال: He said "yes" again وسكت',
        'شاشة 55" جديدة',
        'علامة " وحيدة',
        '"سطر\nآخر"',
        "L'Économiste",
    ],
)
def test_other_quotation_marks_stay(text: str) -> None:
    assert cleaned(text) == text


def test_a_pair_counts_once_and_is_shown_whole() -> None:
    (change,) = clean_paste("ar", 'قال "نعم"', rich=False).changes

    assert (change.kind, change.number, change.examples) == ("quotes", 1, (('"نعم"', "«نعم»"),))
