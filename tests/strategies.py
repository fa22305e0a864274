"""Texts and edits of them, for properties that must hold of any."""

from hypothesis import strategies as st

SIDES = ("Ada", "Ben", "Cem", "Dov")
LAW = [
    "Members",
    "member's",
    "may",
    "must",
    "not",
    "pay",
    "five",
    "3.2",
    "1,000",
    "twenty-one",
    "§",
    "4.2(1)",
    "[[abc-1]]",
    "the",
    "committee",
    "shall",
    "elect",
    "a",
    "chair",
    "(",
    ")",
    "„Beiträge“",
    "naïve",
    "é",
    "हिन्दी",
    "5",
    "€",
    "2010–2020",
    "**bold**",
    "_italic_",
    "<del>",
    "[-",
    "-]",
    "{+",
    "+}",
    "\\",
    "###",
]
SPACES = (" ", " ", " ", " ", ". ", ", ", "; ", ".\n\n", "\n", "", "  ", ".")


_PIECES = [word + space for word in LAW for space in SPACES]
_CHARACTERS = st.one_of(
    st.sampled_from("ab .\n-_'[]{}+\\"),
    st.characters(exclude_categories=()),
    st.characters(categories=["Cs", "Co", "Mn"]),
)


def any_text():
    """Any Unicode at all, lone surrogates, private and unassigned characters among it."""
    return st.text(_CHARACTERS, max_size=30)


def law_text(most=20):
    """Words such as rule books have, few enough to occur several times, with the spaces between them."""
    return st.lists(st.sampled_from(_PIECES), max_size=most).map("".join)


def texts():
    return st.one_of(law_text(), any_text())


@st.composite
def amended(draw, text):
    """The text with a few stretches of its characters or words replaced, moved or taken out."""
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 30)))
        put = draw(st.one_of(law_text(most=3), st.just(""), st.sampled_from(LAW)))
        text = text[:start] + put + text[end:]
    return text


@st.composite
def reworded(draw, text):
    """The text with a few of its words replaced, doubled or taken out: what an amendment does."""
    words = text.split(" ")
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(words) - 1))
        put = draw(
            st.sampled_from([[], ["not"], ["six"], ["six", "hundred"], [words[place], "only"], [words[place]] * 2])
        )
        words[place : place + draw(st.integers(0, 2))] = put
        words = words or [""]
    return " ".join(words)


@st.composite
def pairs(draw):
    """Two texts: the second an edit of the first, or unrelated."""
    before = draw(texts())
    return before, draw(st.one_of(amended(before), reworded(before), texts()))


@st.composite
def merges(draw):
    """A base and what some sides made of it; small changes, so that some merge and some collide."""
    base = draw(st.one_of(law_text(), law_text(), any_text()))
    names = draw(st.sets(st.sampled_from(SIDES), min_size=1))
    return base, {name: draw(st.one_of(reworded(base), reworded(base), amended(base))) for name in sorted(names)}
