"""How long documents take. Run from the checkout: python benchmarks/word.py [CLAUSES]

An invented rule book of 1,000 clauses and some 30,000 words (60 pages or more), always the same one, and a second text of
it with 500 clauses reworded, 20 struck, 20 added and 10 moved. Milliseconds by the clock, best and median of five: writing Word with
tracked changes (wanted: 2,000), Word and OpenDocument of one text, reading each of them, the same in a process with limits,
and finding what was changed when it comes back.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from constitution.clause import Clause, Constitution, Kind, Mark, Style  # noqa: E402
from documents import opendocument_in, opendocument_out, reading, word_in, word_out  # noqa: E402
from documents.bookmarks import Colophon, Origin  # noqa: E402
from documents.returning import returned  # noqa: E402
from documents.tracked import by, clean, tracked  # noqa: E402

CLAUSES, CHANGED, RUNS = 1000, 500, 5
WORDS = [
    "members",
    "meeting",
    "branch",
    "committee",
    "notice",
    "vote",
    "rule",
    "office",
    "quorum",
    "shall",
    "may",
    "elect",
    "within",
    "fourteen",
    "days",
    "of",
    "the",
    "a",
    "to",
    "and",
    "by",
]
ARTICLE, NUMBERED = Mark(Style.DECIMAL, before="Article "), Mark(Style.DECIMAL, after=".", path=True)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def main() -> None:
    clauses = int(sys.argv[1]) if len(sys.argv) > 1 else CLAUSES
    chance = random.Random(8)  # the same book every time
    old = book(chance, clauses)
    new = changed(chance, old)
    words = sum(len(one.text.split()) for one in old.walk())
    print(f"{len(old):,} clauses, {words:,} words; best and median of {RUNS}, milliseconds")
    document = tracked(old, new, by("A1"))
    say("tracked changes: the paragraphs", lambda: tracked(old, new, by("A1")))
    say("tracked changes: paragraphs and Word", lambda: word_out.written(tracked(old, new, by("A1")), COLOPHON))
    word, odt = word_out.written(clean(old), COLOPHON), opendocument_out.written(clean(old), COLOPHON)
    say("Word of one text", lambda: word_out.written(clean(old), COLOPHON))
    say("OpenDocument of one text", lambda: opendocument_out.written(clean(old), COLOPHON))
    say("read Word", lambda: word_in.read(word))
    say("read Word with tracked changes", lambda: word_in.read(word_out.written(document, COLOPHON)))
    say("read OpenDocument", lambda: opendocument_in.read(odt))
    say("read Word in a process of its own", lambda: reading.entries("a.docx", word))
    back = word_in.read(word_out.written(tracked(old, old, by("")), COLOPHON))
    say("find what was changed", lambda: returned(back, old))
    print(f"sizes: Word {len(word):,} bytes, OpenDocument {len(odt):,}")


COLOPHON = Colophon("Rules", Origin(1).mark, "Edition 1.", "en", NOON)


def book(chance: random.Random, clauses: int) -> Constitution:
    articles = [
        Clause(f"a{n}", Kind.ARTICLE, "On " + sentence(chance, 3), mark=ARTICLE, children=tuple(
            Clause(f"a{n}c{k}", Kind.CLAUSE, text=sentence(chance, 30), mark=NUMBERED) for k in range(9)
        ))
        for n in range(clauses // 10)
    ]  # fmt: skip
    return Constitution("Rules", tuple(articles))


def changed(chance: random.Random, old: Constitution) -> Constitution:
    inner = [one.id for article in old.clauses for one in article.children]
    chosen = chance.sample(inner, min(len(inner), CHANGED + 30))
    reworded, struck, moved = set(chosen[:CHANGED]), set(chosen[CHANGED : CHANGED + 20]), set(chosen[CHANGED + 20 :])

    def change(_: str | None, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        kept = [replace(one, text=reword(chance, one.text)) if one.id in reworded else one for one in clauses]
        kept = [one for one in kept if one.id not in struck]
        kept.sort(key=lambda one: one.id in moved)
        if kept and kept[0].id.endswith(("7c0", "3c0")):
            kept.append(Clause(f"{kept[0].id}new", Kind.CLAUSE, text=sentence(chance, 25), mark=NUMBERED))
        return tuple(kept)

    return old.rebuilt(change)


def sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def reword(chance: random.Random, text: str) -> str:
    words = text.split()
    for _ in range(3):
        words[chance.randrange(len(words))] = chance.choice(WORDS)
    return " ".join(words)


def say(what: str, act: Callable[[], object]) -> None:
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    print(f"  {what:<42}{min(taken):>8.0f}{statistics.median(taken):>8.0f}", flush=True)


if __name__ == "__main__":
    main()
