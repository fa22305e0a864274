"""Every way in which amendments meet: what agrees, what merges, what conflicts, and what comes of the choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from amendments.composite import COMMITTEE, Choices, Composition, Meeting, SetAside, compose, settle
from amendments.edit import Edit, Move, Reword, Strike
from amendments.instruction import instruction
from amendments.states import State
from constitution.clause import Constitution
from constitution.looks import Reason
from constitution.numbering import number, own_number
from constitution.provenance import Span, spans
from members.permissions import Role
from services.choosing import Made
from services.compositing import Desk
from services.desk_page import ACTS, Piece
from services.desk_questions import Asking, Print, ShownQuestion
from services.obstacles import LOOKS
from store.amendments import Amendment
from store.composites import Composite
from store.composites import State as CompositeState
from store.editions import Edition
from store.members import Member
from web.pattern_texts import KEY, PLOTS, PUMP, SIXTEEN, book, new

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting of amendments as it is shown; ``looks`` has (reason, sentence)."""

    where: str
    act: str
    part: str
    relation: str
    sources: tuple[str, ...]
    pieces: tuple[Piece, ...]
    looks: tuple[tuple[Reason, str], ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Amendments that meet on a small text, what that asks, and the words of the outcome once nothing is open.

    ``sides`` has (source, its amending instruction), ``outcome`` (label, words by source) of every clause.
    """

    name: str
    title: str
    sentence: str
    sources: tuple[str, ...]
    sides: tuple[tuple[str, tuple[str, ...]], ...]
    meetings: tuple[Met, ...]
    questions: tuple[ShownQuestion, ...]
    outcome: tuple[tuple[str, tuple[Span, ...]], ...]
    set_aside: tuple[str, ...]


def merges() -> tuple[Merge, ...]:
    """All of them."""
    return (*_agreeing(), *_conflicting(), *_places(), *_settled())


def _merge(
    name: str,
    title: str,
    sentence: str,
    base: Constitution,
    sides: Mapping[str, Sequence[Edit]],
    *,
    made: Made | None = None,
    saved: Made | None = None,
) -> Merge:
    composition, made = compose(base, sides), made or Made(Choices())
    desk = _desk(composition, made)
    labels, own = number(base), own_number(base)
    printing = Print(desk, labels, own)
    asking = Asking(desk, printing, saved)
    outcome, set_aside = _outcome(composition, made.choices)
    return Merge(
        name, title, sentence, (*composition.sides, COMMITTEE),
        tuple((one, instruction(edits, base)) for one, edits in composition.sides.items()),
        tuple(_met(one, base, printing) for one in composition.meetings(made.choices)),
        tuple(map(asking.shown, composition.questions(made.choices))),
        outcome,
        tuple(f"{', '.join(sorted(one.sources))}: {' '.join(instruction((one.edit,), base))}" for one in set_aside),
    )  # fmt: skip


def _desk(composition: Composition, made: Made) -> Desk:
    """The committee's desk with these amendments on it, as if they were kept."""
    numbers = tuple(int(one.removeprefix("A")) for one in composition.sides)
    mover = Member(1, "rosa-lindgren", "Rosa Lindgren", "", "", "", frozenset({Role.MEMBER}))
    amendments = tuple(Amendment(one, State.SECONDED, mover, NOON, ()) for one in numbers)
    composite = Composite(1, "Patterns", 1, numbers, {}, CompositeState.OPEN, 0, NOON)
    return Desk(
        composite, Edition(1, "", NOON, "", composition.base), amendments, composition, made.choices, made.reasons
    )


def _met(one: Meeting, base: Constitution, printing: Print) -> Met:
    looks = (
        (look.reason, f"{' and '.join(printing.names(look.sides))} {LOOKS[look.reason]}: “{look.passage.strip()}”.")
        for look in one.looks
    )
    where = f"clause {printing.labels[one.clause]}" if one.clause else "the beginning"
    where = f"after {where}" if one.act == "insert" else where
    pieces = tuple(_pieces(one, base, printing))
    sources = printing.names(one.sources)
    return Met(where, ACTS[one.act], one.part, one.relation.value, sources, pieces, tuple(looks))


def _pieces(one: Meeting, base: Constitution, printing: Print) -> list[Piece]:
    """The words of a clause by source, the words at issue in their place; of one struck or moved its text."""
    if one.merged is None:
        clause = one.new or base[one.clause or ""]
        return [Piece(printing.text(clause.text), printing.names(one.sources) if one.new else ())]
    pieces: list[Piece] = []
    conflicts = 0
    for part in one.merged.pieces:
        if isinstance(part, tuple):
            pieces += (Piece(printing.text(span.text), printing.names(span.sources)) for span in spans(part))
        else:
            conflicts += 1
            pieces.append(Piece(printing.text(part.base), (), conflicts))
    return pieces


def _outcome(
    composition: Composition, choices: Choices
) -> tuple[tuple[tuple[str, tuple[Span, ...]], ...], tuple[SetAside, ...]]:
    """(label, words by source) of each clause, and what is not followed; nothing while a question is open."""
    if composition.unsettled(choices):
        return (), ()
    settled = settle(composition, choices)
    labels = number(settled.constitution)
    words = tuple((labels[one], spans(settled.words.get(one, ()))) for one in settled.constitution.by_id)
    return words, settled.set_aside


def _agreeing() -> tuple[Merge, ...]:
    notice = "Notice of a general meeting is given two weeks before the day of the meeting, by post."
    dry = "Members may, in a dry summer when the pump runs low, water at noon."
    move = book("shift", PLOTS, PUMP, KEY)
    return (
        _merge(
            "agreement", "Agreement", "Two amendments ask for the same words: they stand once and both are credited.",
            book("agreement", SIXTEEN), _rewords("agreement-1", SIXTEEN, ("sixteen", "twenty"), ("sixteen", "twenty")),
        ),
        _merge(
            "clean", "Changes that fit together", "Each changes other words of the clause; each word names its source.",
            book("clean", notice), _rewords("clean-1", notice, ("two weeks", "a month"), ("post", "electronic mail")),
        ),
        _merge(
            "near", "Needs a look: words close by", "The changes fit together, but stand so near that one reads them once.",
            book("near", PUMP), _rewords("near-1", PUMP, ("shared", "owned"), ("members", "plot holders")),
        ),
        _merge(
            "turning", "Needs a look: the sense turns", "One makes it a must and the other adds a not: word by word they fit.",
            book("turning", dry), _rewords("turning-1", dry, ("may", "must"), ("water", "not water")),
        ),
        _merge(
            "shift", "A move and an edit", "One moves the clause and the other rewords it: both are done, nothing is asked.",
            move, {"A12": (Move("shift-3", None, None),), "A14": (Reword("shift-3", KEY.replace("porch", "hall")),)},
        ),
    )  # fmt: skip


def _rewords(clause: str, text: str, *changes: tuple[str, str]) -> dict[str, tuple[Edit, ...]]:
    """A12 and A14, each with one replacement in the text."""
    return {name: (Reword(clause, text.replace(*one)),) for name, one in zip(("A12", "A14"), changes, strict=True)}


def _conflicting() -> tuple[Merge, ...]:
    cash = "Dues may be paid in cash."
    return (
        _merge(
            "conflict", "A conflict of words", "The words at issue are marked in place; the options and the old words follow.",
            book("conflict", f"Quorum\n{SIXTEEN}"),
            {"A12": (Reword("conflict-1", SIXTEEN.replace("sixteen", "twenty"), "Attendance"),),
             "A14": (Reword("conflict-1", SIXTEEN.replace("sixteen", "twelve"), "Members needed"),)},
        ),
        _merge(
            "order", "An order of insertions", "Both add words at one point: both may stand, in the order that is chosen.",
            book("order", cash), _rewords("order-1", cash, ("cash", "cash or by card"), ("cash", "cash or by cheque")),
        ),
        _merge(
            "strike", "An edit against a strike", "One rewords what the other leaves out: it goes, or it is kept as amended.",
            book("strike", PUMP, KEY), {"A12": (Reword("strike-2", KEY.replace("porch", "hall")),), "A14": (Strike("strike-2"),)},
        ),
    )  # fmt: skip


def _places() -> tuple[Merge, ...]:
    shared = "A plot may be shared by two members."
    fenced = "A plot is fenced by whoever works it."
    return (
        _merge(
            "place", "Two new clauses at one place", "Neither knows the other: the committee gives the order, or leaves one out.",
            book("place", PLOTS),
            {"A12": (new("place-1", "place-a", shared),), "A14": (new("place-1", "place-b", fenced),)},
        ),
        _merge(
            "goals", "Two places for one clause", "Two amendments move a clause, each elsewhere: it goes to one place or stays.",
            book("goals", PLOTS, PUMP, KEY),
            {"A12": (Move("goals-3", None, None),), "A14": (Move("goals-3", None, "goals-1"),)},
        ),
        _merge(
            "cycle", "Clauses moved into one another", "Each amendment puts one clause below the other: one of them stays.",
            book("cycle", PLOTS, PUMP),
            {"A12": (Move("cycle-1", "cycle-2", None),), "A14": (Move("cycle-2", "cycle-1", None),)},
        ),
    )  # fmt: skip


def _settled() -> tuple[Merge, ...]:
    quorum = _rewords("own-1", SIXTEEN, ("sixteen", "twenty"), ("sixteen members", "twelve plot holders"))
    words = {"words/own-1/text/8-11": "thirty plot holders"}
    reasons = {"words/own-1/text/8-11": "Both the number and who is counted were asked for."}
    meanwhile = _rewords("meanwhile-1", SIXTEEN, ("sixteen", "twenty"), ("sixteen", "twelve"))
    asked = compose(book("meanwhile", SIXTEEN), meanwhile).questions()[0]
    mine, theirs = (Made(Choices({asked.key: one.key})) for one in asked.options[:2])
    return (
        _merge(
            "own", "Settled in the committee’s own words",
            "What was kept of an amendment stays credited to it; the rest is the committee’s, with its reason.",
            book("own", SIXTEEN), quorum, made=Made(Choices(written=words), reasons),
        ),
        _merge(
            "aside", "Settled by a choice", "What is not followed is listed, with the amendment that asked for it.",
            book("aside", PUMP, KEY), {"A12": (Reword("aside-2", KEY.replace("porch", "hall")),), "A14": (Strike("aside-2"),)},
            made=Made(Choices({"strike/aside-2": "keep"})),
        ),
        _merge(
            "meanwhile", "Two members of the committee at once",
            "What another member saved meanwhile stands above one’s own choice; nothing is overwritten unseen.",
            book("meanwhile", SIXTEEN), meanwhile, made=mine, saved=theirs,
        ),
    )  # fmt: skip
