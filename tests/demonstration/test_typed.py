from itertools import count

import pytest

from amendments.edit import apply
from amendments.overlap import Overlap, overlap
from constitution.markup import write
from constitution.numbering import number
from constitution.references import references
from demonstration.amendments import AMENDMENTS, CONTRADICTORY, IDENTICAL, MERGINGS, OVERLAPPING, SAME_CLAUSE
from demonstration.founding import founding, founding_ids, rulebook
from demonstration.typed import typed
from rulebook.reading import parse as parse_rulebook
from services.proposal import Reader

NEW = count(1)  # ids are never used twice, whoever asks
BY_KEY = {one.key: one for one in AMENDMENTS}
ADOPTED = [one for one in MERGINGS if one.adopted is not None]


def edits(amendment, edition):
    """What the form makes of an amendment on this edition."""
    reader = Reader(edition, parse_rulebook(rulebook()), lambda: f"new-{next(NEW)}")
    made = reader.edits(tuple(typed(one, edition) for one in amendment.changes))
    reader.line("title", amendment.title, reader.rules.title_words)
    reader.line("reason", amendment.reason, reader.rules.reason_words)
    reader.finish()
    return made


def adopted():
    """The editions as the adopted drafts make them, without the merge: what their amendments ask for, at once."""
    made = [founding()]
    for merging in ADOPTED:
        wanted = dict.fromkeys(one for key in merging.amendments for one in edits(BY_KEY[key], made[-1]))
        made.append(apply(tuple(wanted), made[-1]))
    return made


@pytest.fixture(scope="module")
def editions():
    return adopted()


@pytest.mark.thorough
@pytest.mark.parametrize("amendment", AMENDMENTS, ids=lambda one: one.key)
def test_the_form_accepts_every_amendment_on_the_edition_of_its_day(amendment, editions):
    edition = editions[sum(one.adopted >= amendment.day for one in ADOPTED)]
    if amendment.on:
        edition = apply(edits(BY_KEY[amendment.on], edition), edition)
    after = apply(edits(amendment, edition), edition)
    assert after != edition
    assert [one.text for one in references(after) if one.target is None] == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (*pair, expected)
        for pairs, expected in (
            (IDENTICAL, Overlap.IDENTICAL),
            (CONTRADICTORY, Overlap.CONTRADICTORY),
            (OVERLAPPING, Overlap.OVERLAPPING),
            (SAME_CLAUSE, Overlap.SAME_CLAUSE),
        )
        for pair in pairs
    ],
)
def test_pairs_meet_as_the_story_says(one, other, expected, editions):
    # On the edition that was in force when the later of them was moved.
    edition = editions[sum(merging.adopted >= min(BY_KEY[one].day, BY_KEY[other].day) for merging in ADOPTED)]
    assert overlap(edition, edits(BY_KEY[one], edition), edits(BY_KEY[other], edition)) is expected


def test_numbers_and_references_follow_the_new_clauses(editions):
    ids, labels = founding_ids(), number(editions[-1])
    assert labels[ids["2.4"]] == "2.5"
    assert labels[ids["4.2(5)"]] == "4.2(6)"
    assert "broken clauses 2.5 or 1.3" in write(editions[-1])


def test_a_phrase_that_is_not_there_is_not_typed_in_silence(editions):
    with pytest.raises(AssertionError, match="three times"):
        typed(BY_KEY["two-meetings"].changes[0], founding())
