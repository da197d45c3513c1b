"""python -m tests.bench.rules [--rules N]: what word rules find, leave alone, and cost."""

import argparse
import random
import statistics
import time
import tomllib
from pathlib import Path

from tests.bench import database
from tests.bench.console import table

database.set_up()

from comments.rules import Rule, RuleSet  # noqa: E402 (Django must be set up first)
from newsroom.demo import content  # noqa: E402

DATA = Path(__file__).resolve().parents[1] / "data"
ARABIC, LATIN = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abcdefghijklmnopqrstuvwxyz"
LONG = 5_000  # characters
HARD = ("a ", "ab.a.", "@a", "كلببب ", "ك ل ب ", "m*", "ك", "كل ب ")


def lines(name: str) -> list[str]:
    return [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line]


def clean_texts() -> list[str]:
    """Readers' comments, and sentences of the demo's articles."""
    comments = [row["text"] for row in content.read("comments")["comment"] if row["status"] == "approved"]
    sentences = [part for row in content.articles() for part in row["body"].split(".") if part.strip()]
    return lines("clean_comments.txt") + comments + sentences


def many_rules(count: int) -> RuleSet:
    """The usual rules, and words that nobody writes, up to `count`."""
    chance = random.Random(1)  # noqa: S311 (the same rules on every machine)
    phrases = lines("word_rules.txt")
    while len(phrases) < count:
        words = ("".join(chance.choices(chance.choice([ARABIC, LATIN]), k=chance.randint(4, 9))) for _ in range(3))
        phrases.append(" ".join(list(words)[: chance.choice([1, 1, 1, 2, 3])]))
    return RuleSet(Rule(number, phrase) for number, phrase in enumerate(phrases[:count]))


def cpu(rules: RuleSet, text: str) -> float:
    """Milliseconds of processor that `text` takes, at best."""
    times = []
    for _ in range(5):
        started = time.process_time()
        rules.hits(text)
        times.append((time.process_time() - started) * 1e3)
    return min(times)


def disguises() -> tuple[int, int, int, int]:
    """Disguises met, of how many; other words met, of how many."""
    cases = tomllib.loads((DATA / "word_disguises.toml").read_text(encoding="utf-8"))["rule"]
    one = [bool(RuleSet([Rule(1, case["phrase"])]).hits(text)) for case in cases for text in case["meets"]]
    other = [bool(RuleSet([Rule(1, case["phrase"])]).hits(text)) for case in cases for text in case["leaves"]]
    return sum(one), len(one), sum(other), len(other)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", type=int, default=1_000)
    count = parser.parse_args().rules
    started = time.perf_counter()
    rules = many_rules(count)
    compiled = (time.perf_counter() - started) * 1e3
    texts, usual = clean_texts(), RuleSet(Rule(number, each) for number, each in enumerate(lines("word_rules.txt")))
    met, of, false, among = disguises()
    costs = [cpu(rules, text) for text in lines("clean_comments.txt")]
    hard = max(cpu(rules, (each * LONG)[:LONG]) for each in HARD)
    hits = sum(bool(usual.hits(text)) for text in texts)
    rows = [
        (f"disguises met, of {of}", str(met)),
        (f"other words met, of {among}", str(false)),
        (f"clean texts met by the usual rules, of {len(texts)}", f"{hits} ({100 * hits / len(texts):.2f}%)"),
        ("compiling, ms", f"{compiled:.0f}"),
        ("a comment, ms: median / worst", f"{statistics.median(costs):.2f} / {max(costs):.2f}"),
        (f"{LONG:,} characters of usual text, ms", f"{cpu(rules, ' '.join(texts)[:LONG]):.1f}"),
        (
            f"{LONG:,} characters made to be hard, ms, worst",
            f"{hard:.1f}",
        ),
    ]
    table((f"{count:,} rules", "figure"), rows)


if __name__ == "__main__":
    main()
