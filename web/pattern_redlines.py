"""Every kind of redline, each on a small text with the same in signs and as an amending instruction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amendments.deriving import derive
from amendments.edit import Edit, Move, Reword, Strike, rebuilt
from amendments.instruction import instruction
from constitution.clause import Clause, Constitution, Insertions, Kind, Mark, Practice, Repeals, Style
from constitution.diff import Op, plain
from constitution.redline import RedlinedClause, redline
from web.pattern_texts import KEY, PLOTS, PUMP, RULE, SIXTEEN, book, new

PATH = Mark(Style.DECIMAL, path=True)


@dataclass(frozen=True, slots=True)
class Redline:
    """What an amendment does to a small text. ``plain`` has (label, redline in signs) for each clause with changes."""

    name: str
    title: str
    sentence: str
    clauses: tuple[RedlinedClause, ...]
    plain: tuple[tuple[str, str], ...]
    instruction: tuple[str, ...]


def redlines() -> tuple[Redline, ...]:
    """All of them."""
    return (*_whole_clauses(), *_words(), *_numbers(), _everything())


def _redline(name: str, title: str, sentence: str, base: Constitution, *edits: Edit) -> Redline:
    rows = redline(base, rebuilt(edits, base))
    marked = (
        (one.label_after or one.label_before or "", " ".join(filter(None, (plain(one.heading), plain(one.text)))))
        for one in rows
        if any(run.op is not Op.KEEP for run in (*one.heading, *one.text))
    )
    return Redline(name, title, sentence, rows, tuple(marked), instruction(edits, base, renumber=True))


def _whole_clauses() -> tuple[Redline, ...]:
    return (
        _redline(
            "kept", "Kept", "A clause that nothing changes is printed as it stands, with no bar and no word beside it.",
            book("kept", PLOTS, PUMP),
        ),
        _redline(
            "added", "Added", "The whole clause is underlined, in blue; the bar beside it is blue as well.",
            book("added", PLOTS, PUMP), new("added-2", "added-new", "A plot may be shared by two members."),
        ),
        _redline(
            "struck", "Left out", "The whole clause is struck through, in rust, at its old place; the next ones close up.",
            book("struck", PLOTS, PUMP, KEY), Strike("struck-2"),
        ),
        _redline(
            "repealed", "Left out, the number kept",
            "Where the rule book keeps the numbers of what it leaves out, the number stays behind and says so.",
            book("repealed", PLOTS, PUMP, KEY, practice=Practice(repeals=Repeals.KEEP)), Strike("repealed-2"),
        ),
        _redline(
            "moved", "Moved", "The clause stands whole at its new place and says where it came from.",
            book("moved", PLOTS, PUMP, KEY), Move("moved-3", None, None),
        ),
        _redline(
            "split", "Split", "Words that left a clause for a new one beside it are doubly lined at both ends.",
            book("split", PLOTS, "The pump is shared by all members. Whoever breaks the pump pays for its repair."),
            Reword("split-2", PUMP), new("split-2", "split-new", "Whoever breaks the pump pays for its repair."),
        ),
        _redline(
            "joined", "Joined", "A clause that took in the words of the next says so; the next is struck at its old place.",
            book("joined", PLOTS, PUMP, "Whoever breaks the pump pays for its repair."),
            Reword("joined-2", f"{PUMP} Whoever breaks the pump pays for its repair."), Strike("joined-3"),
        ),
    )  # fmt: skip


def _words() -> tuple[Redline, ...]:
    notice = "Notice of a general meeting is given two weeks before it, by post."
    return (
        _redline(
            "reworded", "Reworded", "Only the words that change are struck or underlined, whole words and never letters.",
            book("reworded", SIXTEEN, notice),
            Reword("reworded-1", SIXTEEN.replace("sixteen", "forty-eight")),
            Reword("reworded-2", notice.replace("by post", "by post or electronic mail")),
        ),
        _redline(
            "heading", "Heading reworded", "The heading is marked as text is; the words below it stay as they are.",
            book("heading", f"Meetings\n{SIXTEEN}"), Reword("heading-1", SIXTEEN, "General meetings"),
        ),
        _redline(
            "across", "Words moved to another clause",
            "Six words or more that left one clause and came into another are doubly lined at both ends.",
            book(
                "across", "The pump is shared by all members, and nobody waters between noon and four in a dry summer.",
                "Rain water is free.",
            ),
            Reword("across-1", PUMP),
            Reword("across-2", "Rain water is free, and nobody waters between noon and four in a dry summer."),
        ),
        _redline(
            "throughout", "Replaced throughout",
            "Each place is marked by itself; the instruction says it once for all of them.",
            book("throughout", "The secretary keeps the roll.", "Letters go to the secretary.", "Ask the secretary."),
            Reword("throughout-1", "The registrar keeps the roll."), Reword("throughout-2", "Letters go to the registrar."),
            Reword("throughout-3", "Ask the registrar."),
        ),
        _redline(
            "signs", "Signs in the text itself", "Where a text holds a sign of the redline, the plain form puts a backslash.",
            book("signs", "A plot marked [-] is free and one marked {+} is let."),
            Reword("signs-1", "A plot marked [-] is vacant and one marked {+} is let."),
        ),
    )  # fmt: skip


def _numbers() -> tuple[Redline, ...]:
    return (
        _redline(
            "letters", "Added with a letter", "Where the rule book numbers insertions by letters, no other number changes.",
            book("letters", PLOTS, PUMP, practice=Practice(Insertions.LETTERS)), new("letters-1", "letters-new", KEY),
        ),
        _redline(
            "renumbered", "Renumbered", "Only the number is marked, old and new, since the words are the same.",
            book("renumbered", PLOTS, PUMP), new("renumbered-1", "renumbered-new", KEY),
        ),
        _redline(
            "follows", "A reference follows", "A number cited in the text follows its clause; no word of substance changes.",
            book("follows", "Who breaks clause [[follows-2]] pays for the pump.", "Nobody waters between noon and four."),
            new("follows-1", "follows-new", KEY),
        ),
    )  # fmt: skip


def _everything() -> Redline:
    before = _two_parts(
        "Members", {"r1": PLOTS, "r2": "Members pay what they can.", "r3": "A member who leaves owes nothing."},
        {"r4": SIXTEEN, "r5": "The chair has a second vote, under [[r4]].", "r6": "Minutes are kept for ten years."},
    )  # fmt: skip
    after = _two_parts(
        "Membership", {"n1": "The society is open to all.", "r1": PLOTS, "r3": "A member who leaves owes nothing."},
        {"r6": "Minutes are kept for ten years.", "r4": SIXTEEN.replace("sixteen", "forty-eight"),
         "r5": "The chair has a second vote, under [[r4]]."},
    )  # fmt: skip
    sentence = "A change in several parts is listed in words first; each line leads to its clause."
    return _redline("everything", "A whole change", sentence, before, *derive(before, after))


def _two_parts(heading: str, first: Mapping[str, str], second: Mapping[str, str]) -> Constitution:
    parts = (("p1", heading, first), ("p2", "Meetings", second))
    return Constitution("Rules", tuple(_part(*one) for one in parts))


def _part(clause_id: str, heading: str, rules: Mapping[str, str]) -> Clause:
    below = tuple(Clause(one, Kind.CLAUSE, text=text, mark=PATH) for one, text in rules.items())
    return Clause(clause_id, Kind.PART, heading, mark=RULE, children=below)
