"""How fast the open amendments that meet a draft are found. Run from the checkout: python benchmarks/touching.py

3,000 open amendments of a rule book of 350 clauses, all made from a fixed seed: half the amendments reword one clause,
the rest reword three, add one or strike one; words are as uneven as in real texts, and one clause in ten draws half of
the amendments. Milliseconds of the processor, the median and the worst; the bars are of the design, on two slow cores.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from amendments.changes import Edit, Insert, Reword, Strike  # noqa: E402 (the checkout is not installed)
from amendments.touching import Open, OpenAmendments  # noqa: E402
from constitution.clause import Clause, Constitution, Kind, Mark, Style  # noqa: E402

SEED = 20261122
AMENDMENTS, CLAUSES, DRAFTS = 3000, 350, 60
WORDS, LENGTH, WORST_LENGTH = 4000, 60, 400
NUMBERED = Mark(Style.DECIMAL, after=".")
BUILD_BAR, QUERY_BAR = 3000.0, 150.0


class Invented:
    """A rule book and amendments nobody wrote, always the same ones."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        letters = "aeiounrtlsdmcbgpfhkv"
        self.words = ["".join(self.chance.choices(letters, k=self.chance.randint(2, 9))) for _ in range(WORDS)]
        # The n-th word is as frequent as 1/n: so words are in every language (Zipf).
        self.frequencies = list(accumulate(1 / n for n in range(1, WORDS + 1)))
        self.base = Constitution("Rules", tuple(self._part(n) for n in range(CLAUSES // 10)))
        self.clauses = [one for one in self.base.walk() if one.text]
        self.popular = self.clauses[:: CLAUSES // 35]

    def text(self, words: int) -> str:
        chosen = self.chance.choices(self.words, cum_weights=self.frequencies, k=words)
        return " ".join(one + self.chance.choice(["", "", "", "", "", ",", "."]) for one in chosen)

    def _part(self, part: int) -> Clause:
        below = tuple(
            Clause(f"c{part}x{n}", Kind.CLAUSE, text=self.text(self.chance.randint(20, 2 * LENGTH - 20)), mark=NUMBERED)
            for n in range(10)
        )
        return Clause(f"p{part}", Kind.ARTICLE, heading=self.text(3), mark=NUMBERED, children=below)

    def reword(self, clause: Clause) -> Reword:
        words = clause.text.split(" ")
        for _ in range(self.chance.randint(1, 4)):
            place = self.chance.randrange(len(words))
            words[place : place + self.chance.randint(0, 4)] = self.text(self.chance.randint(1, 12)).split(" ")
        return Reword(clause.id, " ".join(words))

    def insert(self, name: str) -> Insert:
        at = self.chance.choice(self.clauses).id
        return Insert(self.base.parents[at], at, Clause(name, Kind.CLAUSE, text=self.text(self.chance.randint(15, 80))))

    def edits(self, name: str) -> tuple[Edit, ...]:
        act = self.chance.choices(["reword", "reword three", "add", "strike"], [10, 5, 4, 1])[0]
        if act == "add":
            return (self.insert(name),)
        if act == "strike":
            return (Strike(self.chance.choice(self.clauses).id),)
        chosen = self.chance.sample(self.chance.choice([self.clauses, self.popular]), 3)
        return tuple(self.reword(one) for one in chosen[: 3 if act == "reword three" else 1])

    def draft(self, n: int) -> tuple[Edit, ...]:
        one, two = self.chance.sample(self.popular, 2)
        return self.reword(one), self.reword(two), self.insert(f"draft{n}")


def main() -> None:
    invented = Invented()
    amendments = [Open(n, f"Amendment {n}", invented.edits(f"new{n}"), invented.base) for n in range(1, AMENDMENTS + 1)]
    print(f"{'input':<58}{'median':>9}{'worst':>9}{'bar':>8}   ms")
    print(
        line(
            "build the index of 3,000",
            [timed(lambda: OpenAmendments.of(amendments, invented.base)) for _ in "123"],
            BUILD_BAR,
        )
    )
    index = OpenAmendments.of(amendments, invented.base)
    one = Open(AMENDMENTS + 1, "One more", invented.edits("new"), invented.base)
    print(line("one more", [timed(lambda: index.with_(one)) for _ in range(20)], QUERY_BAR))
    print(line("one less", [timed(lambda n=n: index.without(n)) for n in range(1, 21)], QUERY_BAR))
    for name, taken in queries(invented, index):
        print(line(name, taken, QUERY_BAR), flush=True)


def queries(invented: Invented, index: OpenAmendments) -> Iterator[tuple[str, Sequence[float]]]:
    drafts = [invented.draft(n) for n in range(DRAFTS)]
    found = [len(index.meeting(one, invented.base)) for one in drafts]
    yield (
        f"a draft of three clauses ({statistics.median(found):g} found, at most {max(found)})",
        asked(invented, index, drafts),
    )
    long = [(Insert(None, None, Clause("long", Kind.CLAUSE, text=invented.text(WORST_LENGTH))),) for _ in range(10)]
    yield f"a new clause of {WORST_LENGTH} words", asked(invented, index, long)
    parts = [tuple(Strike(one.id) for one in invented.base.clauses)]
    found = [len(index.meeting(one, invented.base)) for one in parts]
    yield f"hostile: everything struck out ({found[0]} found)", asked(invented, index, parts * 3)
    amendments = [
        Open(n, f"Amendment {n}", (invented.reword(invented.clauses[0]),), invented.base)
        for n in range(1, AMENDMENTS + 1)
    ]
    crowd = OpenAmendments.of(amendments, invented.base)
    drafts = [(invented.reword(invented.clauses[0]),) for _ in range(10)]
    yield "hostile: all amend one clause, as the draft does", asked(invented, crowd, drafts)


def asked(invented: Invented, index: OpenAmendments, drafts: Sequence[tuple[Edit, ...]]) -> list[float]:
    return [
        timed(lambda draft=draft: [one.reasons[0].sentence for one in index.meeting(draft, invented.base)])
        for draft in drafts
    ]


def line(name: str, taken: Sequence[float], bar: float) -> str:
    median, worst = statistics.median(taken), max(taken)
    return f"{name:<58}{median:>9.1f}{worst:>9.1f}{bar:>8.0f}{'  over' if worst > bar else ''}"


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of the processor, so that a busy machine says nearly the same."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
