"""The committee merges seconded amendments and freezes a draft."""

import allotment
import pytest
from allotment import (
    FFION,
    LEONARD,
    NOON,
    ROSA,
    SIXTEEN,
    add,
    clause,
    member,
    on_desk,
    propose,
    reword,
    seconded,
    strike,
)

import store.amendments
import store.composites
import store.drafts
import store.log
from amendments.composite import Choices, NoSuchOption
from amendments.states import State
from constitution.digest import digest
from members.permissions import NotAllowed
from services import compositing, desk_page, drafting_final
from services.placing import DoesNotFit
from services.proposal import Act

pytestmark = pytest.mark.usefixtures("database")

TWENTY, TWELVE = SIXTEEN.replace("sixteen", "twenty"), SIXTEEN.replace("sixteen", "twelve")


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


@pytest.fixture
def conflict() -> int:
    return on_desk(seconded(reword("2(1)", TWENTY)), seconded(reword("2(1)", TWELVE), by=LEONARD))


def settling(number: int, wanted: str) -> Choices:
    """The choices that take these words wherever they are offered."""
    asked = compositing.open_desk(number).composition.questions()
    return Choices({question.key: one.key for question in asked for one in question.options if one.text == wanted})


def choose(number: int, choices: Choices, revision: int = 0, by: str = FFION, **reasons: str) -> None:
    compositing.choose(member(by), number, choices, revision, NOON, reasons=reasons.get("reasons"))


def test_beginning_a_composite_is_one_entry_of_the_log(conflict):
    entry = store.log.entries(limit=1)[0]
    assert (entry.act, entry.subject, entry.payload["amendments"]) == ("begin-composite", "composite 1", [1, 2])


@pytest.mark.parametrize(("numbers", "title"), [((), "Title"), ((1,), " "), ((2,), "Title")])
def test_only_seconded_amendments_are_merged_under_a_title(numbers, title):
    seconded(strike("3(1)"))
    propose(strike("3(2)"))
    with pytest.raises(compositing.NotMergeable):
        compositing.begin(member(FFION), numbers, title, NOON)


def test_only_the_committee_merges(conflict):
    for act in (
        lambda: compositing.begin(member(ROSA), [1], "Mine", NOON), lambda: choose(conflict, Choices(), by=ROSA),
        lambda: compositing.abandon(member(ROSA), conflict, NOON), lambda: drafting_final.freeze(member(ROSA), conflict, NOON),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()


def test_a_conflict_stays_open_until_somebody_chooses(conflict):
    with pytest.raises(drafting_final.CannotFreeze, match=r"At clause 2\(1\), choose the words: A1 and A2 ask"):
        drafting_final.freeze(member(FFION), conflict, NOON)
    choose(conflict, settling(conflict, "twelve"))
    assert drafting_final.freeze(member(FFION), conflict, NOON) == 1


def test_a_choice_that_is_not_offered_is_refused_and_nothing_kept(conflict):
    (question,) = compositing.open_desk(conflict).composition.questions()
    with pytest.raises(NoSuchOption):
        choose(conflict, Choices({question.key: "nonsense"}))
    assert store.composites.by_number(conflict).revision == 0


def test_a_draft_names_the_source_of_every_word(conflict):
    choose(conflict, settling(conflict, "twelve"))
    drafting_final.freeze(member(FFION), conflict, NOON)
    draft = store.drafts.by_number(1)
    assert draft.digest == digest(draft.constitution)
    for one in draft.constitution.walk():
        assert "".join(text for text, _ in draft.provenance.get(one.id, ())) == one.text
    assert [text for text, sources in draft.provenance[clause("2(1)")] if list(sources) == ["A2"]] == ["twelve"]


def test_the_words_of_the_committee_are_counted_and_need_a_reason(conflict):
    (question,) = compositing.open_desk(conflict).composition.questions()
    own = Choices(picked={question.key: "own"}, written={question.key: "fifteen"})
    choose(conflict, own)
    with pytest.raises(drafting_final.CannotFreeze, match="reason"):
        drafting_final.freeze(member(FFION), conflict, NOON)
    choose(conflict, own, 1, reasons={question.key: "Halfway"})
    drafting_final.freeze(member(FFION), conflict, NOON)
    payload = store.log.entries(limit=1)[0].payload
    assert (payload["committee_words"], payload["reasons"]) == (1, {question.key: "Halfway"})


def test_a_frozen_composite_is_not_chosen_in_frozen_or_abandoned_again(conflict):
    choose(conflict, settling(conflict, "twelve"))
    drafting_final.freeze(member(FFION), conflict, NOON)
    with pytest.raises(compositing.NotMergeable):
        choose(conflict, settling(conflict, "twenty"), 1)
    with pytest.raises(drafting_final.CannotFreeze):
        drafting_final.freeze(member(FFION), conflict, NOON)
    with pytest.raises(compositing.NotMergeable):
        compositing.abandon(member(FFION), conflict, NOON)


def test_an_amendment_refused_meanwhile_is_not_frozen(conflict):
    choose(conflict, settling(conflict, "twelve"))
    allotment.refuse(1, "Out of scope")
    with pytest.raises(drafting_final.CannotFreeze):
        drafting_final.freeze(member(FFION), conflict, NOON)


def test_what_a_draft_takes_up_is_composited_and_what_it_leaves_waits(conflict):
    choose(conflict, settling(conflict, "twelve"))
    drafting_final.freeze(member(FFION), conflict, NOON)
    assert [one.state for one in store.amendments.listing()] == [State.SECONDED, State.COMPOSITED]


def test_a_draft_never_leaves_a_reference_to_nowhere():
    number = on_desk(seconded(strike("2(3)")))
    with pytest.raises(drafting_final.CannotFreeze, match="a reference to nowhere"):
        drafting_final.freeze(member(FFION), number, NOON)
    assert store.drafts.listing() == ()
    assert store.composites.by_number(number).state == "open"


def test_an_amendment_that_does_not_fit_the_edition_any_more_is_not_put_on_the_desk():
    made = seconded(reword("2(1)", TWENTY))
    allotment.revise(allotment.BOOK.replace("sixteen", "twelve"))
    with pytest.raises(DoesNotFit):
        on_desk(made)


def test_the_desk_shows_sources_conflicts_and_what_is_unsettled(conflict):
    page = desk_page.page(conflict, NOON)
    (touched,) = page.clauses
    assert touched.name == "Clause 2(1)"
    assert [(one.words, one.sources) for one in touched.questions[0].options] == [
        ("twenty", ("A1",)), ("twelve", ("A2",)), ("sixteen", ()),
    ]  # fmt: skip
    assert [one.sentence for one in page.unsettled] == [
        "At clause 2(1), choose the words: A1 and A2 ask for different things."
    ]
    assert page.outcome is None


def test_the_desk_shows_the_outcome_once_all_is_settled(conflict):
    choose(conflict, settling(conflict, "twelve"))
    outcome = desk_page.page(conflict, NOON).outcome
    assert outcome is not None
    assert [one.change.value for one in outcome.redline] == ["reworded"]
    assert [span.sources for span in outcome.words[clause("2(1)")] if span.text == "twelve"] == [frozenset({"A2"})]


def test_what_was_not_followed_is_listed_in_words():
    number = on_desk(seconded(strike("3(1)")), seconded(reword("3(1)", "The pump is blue.")))
    (question,) = compositing.open_desk(number).composition.questions()
    choose(number, Choices({question.key: "strike"}))
    outcome = desk_page.page(number, NOON).outcome
    assert outcome is not None
    assert outcome.set_aside[0].startswith("A2: In clause 3(1)")


def test_references_to_new_clauses_are_shown_on_the_desk_by_their_new_numbers():
    number = on_desk(seconded(add(Act.ADD_AFTER, "2(3)", "See clause 2(1).")))
    (touched,) = desk_page.page(number, NOON).clauses
    assert touched.meetings[0].pieces[0].text == "See clause 2(1)."
