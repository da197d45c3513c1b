"""Style sheets and templates serve both directions, and Arabic type as it is read."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

TOP = Path(__file__).resolve().parents[2]
FOLDERS = ("articles", "comments", "newsroom", "templates")
SHEETS = sorted(path for folder in FOLDERS for path in (TOP / folder).rglob("*.css"))
TEMPLATES = sorted((TOP / "templates").rglob("*.html"))
MAILS = sorted((TOP / "templates").glob("*/mail/*.html"))  # no sheet reaches what mail programs show
SITE = TOP / "newsroom/static/newsroom/css"
SIDE = re.compile(r"(?:^|-)(?:left|right)(?:-|$)")
# Four values name the sides one by one; where the second and the fourth differ, one is left and one right.
BY_SIDES = re.compile(r"(?:scroll-)?(?:margin|padding)|inset|border(?:-(?:width|color|style|radius))?")
ACROSS = re.compile(
    r"translate(?:X|3d)?\(\s*(?!0[\s,)])(?!calc\(var\(--mirror\))|(?:scaleX|rotate|skewX?)\((?!var\(--mirror\)\))"
)
ARROWS = re.compile("[←→⇐⇒⟵⟶⬅➡◀▶]")
# Headlines stand closer than text: set in a heavier face, a line or three long.
HEADINGS = {"h1, h2, h3", ".masthead__name"}


class Rule(NamedTuple):
    """One declaration of a style sheet."""

    selector: str
    name: str
    value: str


def rules(css: str) -> list[Rule]:
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    blocks = re.findall(r"([^{};]+)\{([^{}]*)\}", bare)
    return [
        Rule(" ".join(selector.split()), name.strip(), " ".join(value.split()))
        for selector, body in blocks
        for name, _colon, value in (line.partition(":") for line in body.split(";") if ":" in line)
    ]


def is_physical(rule: Rule) -> bool:
    """Whether the rule names a side of the screen rather than of the text."""
    value = re.sub(r"""url\([^)]*\)|"[^"]*"|var\(--[\w-]+\)""", "x", rule.value)
    if SIDE.search(rule.name) or re.search(r"\b(?:left|right)\b", value):
        return True
    if BY_SIDES.fullmatch(rule.name) and len(_parts(value.partition("/")[0])) == 4:
        return True
    if rule.name in ("translate", "background-position-x"):
        return not value.startswith("0")
    return bool(re.search(r"gradient\(\s*-?[\d.]+(?:deg|turn|rad)", value) or ACROSS.search(rule.value))


def _parts(value: str) -> list[str]:
    while "(" in value:
        flat = re.sub(r"\([^()]*\)", "", value)
        if flat == value:
            break
        value = flat
    return value.split()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_stylesheet_names_no_side_of_the_screen(sheet: Path) -> None:
    found = rules(sheet.read_text(encoding="utf-8"))

    assert [rule for rule in found if is_physical(rule)] == []
    assert found or "@import" in sheet.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "declaration",
    ["margin-left: 1px", "padding-right: 1px", "border-left-color: red", "border-top-left-radius: 1px", "left: 0"]
    + ["scroll-margin-left: 1px", "inset: 0 1px 2px 3px", "margin: 0 1px 0 2px", "border-radius: 1px 2px 3px 4px"]
    + ["text-align: left", "float: right", "clear: left", "background-position: left top", "transform-origin: left"]
    + ["background: linear-gradient(to right, red, blue)", "background: linear-gradient(90deg, red, blue)"]
    + ["transform: translateX(1rem)", "transform: translate(-50%, 0)", "transform: translate3d(1px, 0, 0)"]
    + ["translate: 1px", "transform: scaleX(-1)", "transform: rotate(90deg)", "justify-content: right"],
)
def test_the_rule_about_sides_sees_them(declaration: str) -> None:
    (rule,) = rules(f"@media print {{ [dir='rtl'] .a {{ color: red; {declaration}; }} }}")[1:]

    assert is_physical(rule)


@pytest.mark.parametrize(
    "declaration",
    ["margin-inline-start: 1px", "inset-inline-end: 0", "text-align: start", "float: inline-start", "margin: 0 1px 2px"]
    + ["transform: scaleX(var(--mirror))", "transform: translateX(calc(var(--mirror) * 1rem))", "inset: 0 1px"]
    + ["transform: translateY(1rem)", "background: url(left.png)", "border-color: var(--left)", 'content: "left"'],
)
def test_the_rule_about_sides_lets_the_rest_pass(declaration: str) -> None:
    (rule,) = rules(f".a {{ {declaration}; }}")

    assert not is_physical(rule)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(TOP / "templates")))
def test_a_template_leaves_sides_and_arrows_to_the_style_sheet(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    names = "align|hspace|clear|bgcolor" if template in MAILS else "style|align|hspace|clear|bgcolor"
    assert not re.search(rf"\s(?:{names})=", text)
    assert not ARROWS.search(text)


@pytest.mark.parametrize("template", MAILS, ids=lambda path: path.name)
def test_the_styles_within_a_mail_name_no_side(template: Path) -> None:
    styles = re.findall(r' style="([^"]*)"', template.read_text(encoding="utf-8"))

    assert not [rule for style in styles for rule in rules(f".a {{ {style} }}") if is_physical(rule)]


def test_what_points_is_mirrored_by_one_property() -> None:
    found = rules("".join(sheet.read_text(encoding="utf-8") for sheet in sorted(SITE.glob("*.css"))))
    pointing = {rule.selector for rule in found if rule.name == "content" and ARROWS.search(rule.value)}
    mirrored = {rule.selector for rule in found if rule.value == "scaleX(var(--mirror))"}

    assert pointing == mirrored != set()
    assert {(rule.selector, rule.value) for rule in found if rule.name == "--mirror"} == {
        (":root", "1"),
        (':root[dir="rtl"]', "-1"),
    }


def test_text_is_set_as_large_and_as_open_as_arabic_needs() -> None:
    found = rules("".join(sheet.read_text(encoding="utf-8") for sheet in sorted(SITE.glob("*.css"))))
    (base,) = (rule.value for rule in found if rule.selector == "html" and rule.name == "font-size")
    heights = {rule.selector: float(rule.value) for rule in found if rule.name == "line-height"}

    assert 16 * float(base.removesuffix("%")) / 100 >= 18
    assert heights["body"] >= 1.7
    assert {selector for selector, height in heights.items() if height < 1.7} <= HEADINGS
    assert min(heights.values()) >= 1.4


def test_letters_are_neither_spread_nor_slanted_nor_thickened() -> None:
    found = rules("".join(sheet.read_text(encoding="utf-8") for sheet in sorted(SITE.glob("*.css"))))

    assert {rule.selector for rule in found if rule.name == "letter-spacing"} == set()
    assert {rule.value for rule in found if rule.name == "font-style"} == {"normal"}
    (upright,) = (rule.selector for rule in found if rule.name == "font-style")
    assert set(upright.split(", ")) >= {"em", "i", "cite", "address"}
    assert [rule.value for rule in found if rule.name == "font-synthesis"] == ["none"]


def test_headlines_are_balanced() -> None:
    found = rules("".join(sheet.read_text(encoding="utf-8") for sheet in sorted(SITE.glob("*.css"))))

    assert [rule.selector for rule in found if (rule.name, rule.value) == ("text-wrap", "balance")] == ["h1, h2, h3"]
