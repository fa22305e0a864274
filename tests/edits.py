"""Amendments nobody moved, for properties: any edits that can be carried out together on a rule book."""

from hypothesis import strategies as st

from amendments.edit import EditConflict, Insert, Move, Reword, Strike, rebuilt
from constitution.clause import Clause, Constitution, Insertions, Kind, Mark, Practice, Repeals, Style

WORDS = (
    "The",
    "treasurer",
    "must",
    "not",
    "pay",
    "five",
    "pounds",
    "to",
    "every",
    "branch,",
    "and",
    "[[x1]].",
    "§ 4.2",
)
ITEM = Mark(Style.DECIMAL, "(", ")")


def texts(size=12):
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=size).map(" ".join)


def item(clause_id, text="", *children, heading=""):
    return Clause(clause_id, Kind.ITEM, heading, text, ITEM, children)


@st.composite
def books(draw):
    """A small rule book of three levels with ids x1, x2 ..."""
    count = iter(range(1, 100))

    def level(deeper):
        return tuple(
            item(
                f"x{next(count)}",
                draw(texts()),
                *(level(deeper - 1) if deeper else ()),
                heading=draw(st.sampled_from(("", "Fees"))),
            )
            for _ in range(draw(st.integers(1 if deeper == 2 else 0, 3)))
        )

    practice = Practice(draw(st.sampled_from(Insertions)), draw(st.sampled_from(Repeals)))
    return Constitution("Rules", level(2), practice=practice)


@st.composite
def edits(draw, base, prefix="n", most=4):
    """Edits that go together, perhaps none."""
    chosen = ()
    for n in range(draw(st.integers(0, most))):
        edit = draw(_edit(base, f"{prefix}{n}"))
        try:
            rebuilt((*chosen, edit), base)
        except EditConflict:
            continue
        chosen = (*chosen, edit)
    return chosen


@st.composite
def _edit(draw, base, new):
    clause = draw(st.sampled_from(list(base.walk())))
    match draw(st.sampled_from(("reword", "reword", "insert", "strike", "move"))):
        case "reword":
            return Reword(clause.id, draw(_near(clause.text)), draw(st.sampled_from((None, "", "Dues"))))
        case "insert":
            return Insert(*draw(_place(base)), Clause(new, Kind.ITEM, text=draw(texts(4))))
        case "strike":
            return Strike(clause.id)
        case _:
            return Move(clause.id, *draw(_place(base)))


@st.composite
def _near(draw, text):
    """The text with a few words of it changed."""
    words = text.split(" ")
    at = draw(st.integers(0, len(words)))
    return " ".join(
        [*words[:at], *draw(st.lists(st.sampled_from(WORDS), max_size=2)), *words[at + draw(st.integers(0, 2)) :]]
    )


@st.composite
def _place(draw, base):
    parent = draw(st.sampled_from([None, *(one.id for one in base.walk())]))
    after = draw(st.sampled_from([None, *(one.id for one in base.siblings(parent))]))
    return parent, after
