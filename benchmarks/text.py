"""How fast the text engine is, and how little it marks. Run from the checkout: python benchmarks/text.py

The median of several runs and the least of them, in milliseconds of the processor, against the bar; beside them
difflib on the same tokens in the same run, since machines differ, and how many times ours that took. Inputs: the
folder ``shared`` beside the checkout (or REDRAFT_SHARED); the rest is made from a fixed seed.
"""

import difflib
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from constitution.alignment import Alphabet, changed  # noqa: E402 (the checkout is not installed)
from constitution.clause import Clause, Constitution, Kind, Mark, Style  # noqa: E402
from constitution.diff import Op, diff  # noqa: E402
from constitution.merge import merge  # noqa: E402
from constitution.redline import redline  # noqa: E402
from constitution.tokens import tokens, word_count  # noqa: E402
from documents import read  # noqa: E402

SHARED = Path(os.environ.get("REDRAFT_SHARED") or ROOT.parent / "shared")
BENCH = SHARED / "corpora" / "bench"
LAW = SHARED / "corpora" / "grundgesetz"
SEED = 20261122
LEAST_RUNS, MOST_RUNS, SECONDS = 3, 300, 0.5

Pairs = Sequence[tuple[str, str]]


class Time(NamedTuple):
    """The median and the least of several runs, in milliseconds."""

    median: float
    least: float


class Row(NamedTuple):
    """One line of the table: what, how long and its bar, how long difflib takes, words marked and the fewest."""

    name: str
    took: Time
    bar: float
    difflib: Time | None = None
    marked: int | None = None
    fewest: int | None = None


def main() -> None:
    print(f"{'input':<46}{'ms':>9}{'least':>9}{'bar':>8}{'difflib':>10}{'times':>7}{'marked':>8}{'fewest':>8}")
    for row in chain(real_rows(), made_rows(), merge_rows(), page_rows(), hostile_rows()):
        print(line(row), flush=True)


def line(row: Row) -> str:
    took, theirs = row.took, row.difflib
    times = f"{theirs.median / took.median:.1f}" if theirs else ""
    beside = f"{theirs.median:.1f}" if theirs else ""
    marked, fewest = ("" if number is None else str(number) for number in (row.marked, row.fewest))
    over = "  over" if took.median > row.bar else ""
    return (
        f"{row.name:<46}{took.median:>9.2f}{took.least:>9.2f}{row.bar:>8.1f}{beside:>10}{times:>7}"
        f"{marked:>8}{fewest:>8}{over}"
    )


def timed(act: Callable[[], object]) -> Time:
    """Milliseconds of the processor, so that a busy machine says nearly the same."""
    taken: list[float] = []
    while len(taken) < LEAST_RUNS or (sum(taken) < SECONDS and len(taken) < MOST_RUNS):
        start = time.process_time()
        act()
        taken.append((time.process_time() - start) * 1000)
    return Time(statistics.median(taken), min(taken))


def compared(name: str, pairs: Pairs, bar: float, *, fewest: int | None = None, beside: bool = True) -> Row:
    """A row for texts compared pair by pair."""
    took = timed(lambda: [diff(old, new) for old, new in pairs])
    theirs = timed(lambda: [by_difflib(old, new) for old, new in pairs]) if beside else None
    marked = sum(word_count(run.text) for old, new in pairs for run in diff(old, new) if run.op is not Op.KEEP)
    return Row(name, took, bar, theirs, marked, fewest)


def by_difflib(old: str, new: str) -> object:
    return old == new or difflib.SequenceMatcher(None, tokens(old), tokens(new), autojunk=False).get_opcodes()


def bench(name: str) -> tuple[str, str]:
    base, changed = ((BENCH / f"{side}_{name}.txt").read_text(encoding="utf8") for side in ("base", "changed"))
    return base, changed


def real_rows() -> Iterator[Row]:
    yield compared("a: 60 words, 5 edits", [bench("a")], 0.3, fewest=11)
    yield compared("b: 400 words, 20 edits", [bench("b")], 2, fewest=44)
    yield compared("c: 100 paragraphs, 10 changed, as clauses", clauses(*bench("c")), 5, fewest=225)
    yield compared("c as one text", [bench("c")], 10, fewest=225)
    yield compared("c2: 25 adjacent changed, 7 deleted, clauses", clauses(*bench("c2")), 20)
    yield compared("c2 as one text", [bench("c2")], 20)


def clauses(base: str, amended: str) -> Pairs:
    """The paragraphs of two texts, each with what became of it; beyond equal ones their order decides."""
    old, new = base.split("\n\n"), amended.split("\n\n")
    pairs: list[tuple[str, str]] = []
    here, there = 0, 0
    for span in [*changed(*codes(old, new)), None]:
        end, new_end = (span.old_start, span.new_start) if span else (len(old), len(new))
        pairs += zip(old[here:end], new[there:new_end], strict=True)
        if span:
            here, there = span.old_end, span.new_end
            rows = max(span.old_end - span.old_start, span.new_end - span.new_start)
            before, after = old[span.old_start : here], new[span.new_start : there]
            pairs += zip(before + [""] * (rows - len(before)), after + [""] * (rows - len(after)), strict=True)
    return pairs


def codes(old: list[str], new: list[str]) -> tuple[str, str]:
    alphabet = Alphabet()
    return alphabet.spelled(old), alphabet.spelled(new)


class Invented:
    """Texts nobody wrote, always the same ones."""

    def __init__(self, vocabulary: int = 3000) -> None:
        self.chance = random.Random(SEED)
        letters = "aeiounrtlsdmcbgpfhkv"
        self.words = ["".join(self.chance.choices(letters, k=self.chance.randint(2, 9))) for _ in range(vocabulary)]

    def text(self, words: int) -> str:
        return " ".join(
            self.chance.choice(self.words) + self.chance.choice(["", "", "", "", "", ",", "."]) for _ in range(words)
        )

    def edited(self, text: str, edits: int) -> str:
        words = text.split(" ")
        for _ in range(edits):
            place = self.chance.randrange(len(words))
            words[place : place + self.chance.randint(0, 2)] = [self.chance.choice(self.words)]
        return " ".join(words)


def made_rows() -> Iterator[Row]:
    invented = Invented()
    text = invented.text(2000)
    yield compared("2,000 words, 100 edits", [(text, invented.edited(text, 100))], 8)
    yield compared("2,000 words, unrelated", [(text, invented.text(2000))], 80)


def merge_rows() -> Iterator[Row]:
    invented = Invented()
    base = invented.text(400)
    sides = {f"amendment {n}": invented.edited(base, 3) for n in range(30)}
    yield Row("merge: 30 amendments of 3 edits on 400 words", timed(lambda: merge(base, sides)), 30)
    texts = [invented.text(60) for _ in range(100)]
    base = "\n\n".join(texts)
    sides = {f"amendment {n}": invented.edited(base, 3) for n in range(100)}
    yield Row("merge: 100 of 3 edits on 6,000 words, one text", timed(lambda: merge(base, sides)), 200)
    amended = [amendment(invented, texts) for _ in range(100)]
    by_clause = [{f"amendment {n}": one[place] for n, one in enumerate(amended)} for place in range(len(texts))]
    yield Row(
        "merge: the same, clause by clause",
        timed(lambda: [merge(text, sides) for text, sides in zip(texts, by_clause, strict=True)]),
        200,
    )


def amendment(invented: Invented, texts: Sequence[str]) -> list[str]:
    """The clauses of one amendment, three of them edited."""
    chosen = set(invented.chance.sample(range(len(texts)), 3))
    return [invented.edited(text, 1) if place in chosen else text for place, text in enumerate(texts)]


def page_rows() -> Iterator[Row]:
    pairs = clauses(*bench("c"))
    yield Row(
        "c as a full redline", timed(lambda: redline(book(old for old, _ in pairs), book(new for _, new in pairs))), 30
    )
    invented = Invented()
    old = [invented.text(60) for _ in range(1000)]
    new = [invented.edited(text, 2) for text in old]
    before, after = book(old), book(new)
    yield Row("redline: 60,000 words, 2,000 changes", timed(lambda: redline(before, after)), 1500)
    texts = sorted(LAW.glob("*.md"))
    before, after = (read(path.name, path.read_bytes()) for path in (texts[0], texts[-1]))
    yield Row("redline: Grundgesetz 1949 against 2019", timed(lambda: redline(before, after)), 1000)


def book(texts: Iterable[str]) -> Constitution:
    mark = Mark(Style.DECIMAL, after=".")
    listed = [Clause(f"c{n}", Kind.CLAUSE, text=text, mark=mark) for n, text in enumerate(texts, 1) if text]
    return Constitution("Rules", tuple(listed))


def hostile_rows() -> Iterator[Row]:
    """Bounded, not fast: a bar of a second."""
    invented = Invented()
    few = Invented(97)
    rows = {
        "a b c a ...: 9,000 words, turned": ("a b c " * 3000, "b c a " * 3000),
        "a b c a ...: 9,000 words, swapped": ("a b c " * 3000, "a c b " * 3000),
        "10,000 random words of 3,000": (invented.text(10_000), invented.text(10_000)),
        "10,000 random words of 97": (few.text(10_000), few.text(10_000)),
        "one word of 200 kB": ("x" * 200_000, "y" + "x" * 200_000),
    }
    for name, pair in rows.items():
        # Nobody has the time to wait for difflib here: minutes, by the square of the words.
        yield compared(f"hostile: {name}", [pair], 1000, beside=False)


if __name__ == "__main__":
    main()
