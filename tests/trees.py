"""Rule books nobody wrote, for properties: every shape of clause, every text that could be taken for markup."""

from dataclasses import replace

from hypothesis import strategies as st

from constitution.clause import UNNUMBERED, Clause, Constitution, Kind, Mark, Style

TRAPS = [
    "1. one",
    "(a) two",
    "a) three",
    "4.2 four",
    "- five",
    "# six",
    "## 1. seven",
    "> eight",
    "\\ nine",
    "",
    " ten",
    "\\",
    "[repealed]",
    "**A** — b",
    "**A** —",
    "V. Woolf",
    "3.5 years",
    "see 1.2",
    "§1",
    "clause 2(1) and 1(a)",
    "die der und",
    "Artikel 1 Abs. 2",
    "— dash",
    "Article 4: x",
    "<!-- language: de -->",
    "%",
    "#",
    ">",
    "aa) x",
    "IVa. y",
]
LINE = st.sampled_from(TRAPS) | st.text("abc déß (1).#>-*[]\\", max_size=12).map(
    lambda line: line.rstrip().replace("[[", "[")
)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
HEADING = LINE
STYLES = (Style.DECIMAL, Style.LOWER_LETTER, Style.LOWER_ROMAN, Style.UPPER_LETTER, Style.UPPER_ROMAN)
LIST_MARKS = [
    Mark(Style.DECIMAL, "", "."),
    Mark(Style.DECIMAL, "(", ")"),
    Mark(Style.LOWER_LETTER, "(", ")"),
    Mark(Style.LOWER_LETTER, "", ")"),
    Mark(Style.LOWER_ROMAN, "(", ")"),
    Mark(before="-"),
]


def clause(kind, mark=UNNUMBERED, heading="", text="", children=(), *, repealed=False):
    return Clause("x", kind, heading, text, mark, tuple(children), repealed)


PARAGRAPH = st.builds(clause, st.sampled_from([Kind.PARAGRAPH, Kind.NOTE]), text=TEXT)


def items(deeper):
    """A list: items of one mark, perhaps from another number than 1, with an insertion or a repealed one among them."""

    @st.composite
    def drawn(draw):
        mark = draw(st.sampled_from(LIST_MARKS))
        listed = [
            clause(Kind.ITEM, mark, text=draw(TEXT), children=draw(deeper)) for _ in range(draw(st.integers(1, 4)))
        ]
        if mark.style is Style.DECIMAL and draw(st.booleans()):
            listed[0] = replace(listed[0], mark=replace(mark, start=draw(st.sampled_from([0, 5, 12]))))
        if mark.style is Style.DECIMAL and len(listed) > 1 and draw(st.booleans()):
            listed[1] = replace(listed[1], mark=replace(mark, suffixed=True))
        if len(listed) > 1 and draw(st.booleans()):
            listed[-1] = replace(listed[-1], text=draw(st.sampled_from(["", "[deleted]"])), children=(), repealed=True)
        if mark.style is not Style.NONE and draw(st.booleans()):
            listed[0] = replace(listed[0], heading=draw(st.sampled_from(["Quorum", "A: b"])), text=draw(TEXT))
        return listed

    return drawn()


BLOCKS = st.recursive(
    st.lists(PARAGRAPH, max_size=2),
    lambda deeper: st.builds(
        lambda one, two, three: [*one, *two, *three],
        st.lists(PARAGRAPH, max_size=1),
        items(deeper),
        st.lists(PARAGRAPH, max_size=1),
    ),
    max_leaves=4,
)


@st.composite
def headed(draw, depth=1):
    """Headings side by side, some of one counter, some without number, with blocks and headings below."""
    mark = draw(
        st.sampled_from(
            [UNNUMBERED, Mark(Style.DECIMAL, after=".", path=depth > 1)]
            + [Mark(Style.DECIMAL, "Article ", " —"), Mark(Style.UPPER_LETTER, after=".")] * (depth == 1)
        )
    )
    kind = {"Article ": Kind.ARTICLE}.get(
        mark.before, Kind.SCHEDULE if mark.style is Style.UPPER_LETTER else Kind.SECTION
    )
    return [
        clause(
            kind,
            mark,
            draw(HEADING),
            draw(st.just("") | TEXT),
            [
                *draw(BLOCKS),
                *(
                    draw(headed(depth + 1))
                    if depth < 3
                    and mark.style in (Style.DECIMAL, Style.NONE)
                    and not mark.before
                    and (mark.style is Style.DECIMAL or depth > 3)
                    and draw(st.booleans())
                    else []
                ),
            ],
        )
        for _ in range(draw(st.integers(1, 3)))
    ]


@st.composite
def constitutions(draw):
    """A rule book with ids 1, 2, 3 ..."""
    front = draw(st.sampled_from(["", "Adopted.", "# not a title\n\n\\ nor this\n1. nor this"]))
    clauses = draw(st.builds(lambda one, two, three: [*one, *two, *three], BLOCKS, headed(), st.just([]) | BLOCKS))
    return renumbered(
        Constitution(
            draw(st.sampled_from(["Rules", "The Rules (v1)"])),
            tuple(clauses),
            front,
            draw(st.sampled_from(["en", "de"])),
        )
    )


def renumbered(c, prefix="x"):
    """The same rule book with its ids in the order of the text."""
    count = iter(range(1, 10_000))

    def again(one):
        new = f"{prefix}{next(count)}"
        return replace(one, id=new, children=tuple(map(again, one.children)))

    return replace(c, clauses=tuple(map(again, c.clauses)))
