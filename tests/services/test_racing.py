"""Several members of the committee at one desk: nothing that one of them chose is lost by another's saving."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import allotment
import pytest
from allotment import FFION, LEONARD, NOON, SIXTEEN, TOBIAS, clause, member, on_desk, propose, reword, seconded, strike

import store
import store.composites
import store.log
from amendments.composite import Choices, NoSuchOption
from amendments.saving import Made
from services import choosing, compositing
from services.compositing import Clash
from store.composites import StaleRevision
from store.database import db

pytestmark = pytest.mark.usefixtures("database")

LONG = "A general meeting needs sixteen members present; the chair counts them, and the clerk writes their number down."
WHOLE = "whole/{}/text"


@pytest.fixture
def number(database) -> int:
    """Twelve or twenty members, a pump for all or none, and two marks of nothing at all."""
    allotment.found()
    return on_desk(
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twenty")), strike("3(1)")),
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twelve")), by=LEONARD),
        seconded(reword("3(1)", "The pump is blue."), by=LEONARD),
    )


def words() -> str:
    return f"words/{clause('2(1)')}/text/8-9"


def option(number: int, text: str) -> str:
    (question,) = (one for one in compositing.open_desk(number).composition.questions() if one.key == words())
    return next(one.key for one in question.options if one.text == text)


def save(number: int, by: str, revision: int, fields: dict[str, str]) -> None:
    """As the page does it: a form made from a revision, with what it shows."""
    typed = choosing.made(compositing.open_desk(number), {"revision": str(revision), **fields})
    compositing.choose(member(by), number, typed.choices, revision, NOON, reasons=typed.reasons)


def now(number: int) -> Made:
    return compositing.open_desk(number).made


def test_two_who_choose_in_different_places_both_have_their_way(number):
    save(number, FFION, 0, {f"pick:{words()}": option(number, "twelve")})
    save(number, TOBIAS, 0, {f"pick:strike/{clause('3(1)')}": "keep", "leave:A1": "yes", "reason:leave/A1": "Too dry"})
    made = now(number)
    assert made.choices == Choices(
        {words(): option(number, "twelve"), f"strike/{clause('3(1)')}": "keep"}, left={"A1": "Too dry"}
    )
    assert made.reasons == {}
    entry = store.log.entries(limit=1)[0]
    assert (entry.payload["from"], entry.payload["revision"]) == (0, 2)
    assert entry.payload["chosen"]["leave/A1"] == {"left": "Too dry"}


def test_the_later_of_two_who_choose_otherwise_gets_both_back_and_all_else_is_saved(number):
    save(number, FFION, 0, {f"pick:{words()}": option(number, "twelve")})
    with pytest.raises(Clash, match="one choice of yours is not saved") as clash:
        save(
            number,
            TOBIAS,
            0,
            {f"write:{words()}": "fifteen", f"reason:{words()}": "Halfway", "look:look/x/text/1": "yes"},
        )
    assert clash.value.keys == (words(),)
    assert clash.value.theirs.choices.picked == {words(): option(number, "twelve")}
    assert (clash.value.mine.choices.written, clash.value.mine.reasons) == ({words(): "fifteen"}, {words(): "Halfway"})
    assert now(number).choices == Choices({words(): option(number, "twelve")}, looked={"look/x/text/1": ""})
    assert store.log.entries(limit=1)[0].payload["not-saved"] == [words()]
    typed = clash.value.typed
    compositing.choose(member(TOBIAS), number, typed.choices, 2, NOON, reasons=typed.reasons)
    assert now(number) == typed
    assert (typed.choices.picked, typed.choices.written) == ({words(): "own"}, {words(): "fifteen"})


def test_own_words_that_both_change_apart_are_merged_and_credited_to_both(number):
    key = WHOLE.format(clause("2(1)"))
    save(number, FFION, 0, {f"write:{key}": LONG, f"reason:{key}": "Clearer"})
    save(number, FFION, 1, {f"write:{key}": LONG.replace("A general", "Every general")})
    save(number, TOBIAS, 1, {f"write:{key}": LONG.replace("clerk", "secretary")})
    both = LONG.replace("A general", "Every general").replace("clerk", "secretary")
    assert now(number).choices.written == {key: both}
    assert store.log.entries(limit=1)[0].payload["together"] == {key: [FFION, TOBIAS]}
    with pytest.raises(Clash) as clash:
        save(number, TOBIAS, 1, {f"write:{key}": LONG.replace("A general", "No general")})
    assert clash.value.theirs.choices.written == {key: both}


def test_two_who_choose_alike_or_nothing_are_no_clash(number):
    fields = {f"pick:{words()}": option(number, "twelve")}
    for by in (FFION, TOBIAS):
        save(number, by, 0, fields)
    save(number, TOBIAS, 1, {})
    assert store.composites.by_number(number).revision == 1


def test_what_a_form_does_not_show_stays_and_what_it_empties_is_gone(number):
    save(number, FFION, 0, {f"write:{words()}": "fifteen", f"reason:{words()}": "Halfway", "leave:A3": "yes"})
    save(number, FFION, 1, {"leave:A3": "", "reason:leave/A3": "Never mind"})
    assert now(number) == Made(Choices({words(): "own"}, {words(): "fifteen"}), {words(): "Halfway"})
    save(number, FFION, 2, {f"pick:{words()}": "", f"write:{words()}": "", f"reason:{words()}": ""})
    assert now(number) == Made(Choices())


def test_what_was_never_shown_or_offered_is_refused(number):
    for revision in (-1, 7):
        with pytest.raises(StaleRevision):
            compositing.choose(member(FFION), number, Choices(left={"A1": "Why"}), revision, NOON)
    for choices in (Choices(left={"A9": "Why"}), Choices({words(): "nonsense"})):
        with pytest.raises(NoSuchOption):
            compositing.choose(member(FFION), number, choices, 0, NOON)
    assert store.composites.by_number(number).revision == 0


def test_what_a_further_amendment_conflicts_with_is_asked_again_and_all_else_stays(number):
    key, pump = WHOLE.format(clause("3(1)")), f"strike/{clause('3(1)')}"
    fields = {f"pick:{words()}": option(number, "twelve"), f"pick:{pump}": "keep", f"write:{key}": "The pump is ours."}
    save(number, FFION, 0, fields)
    fewer, alike, keep = (
        seconded(reword("2(1)", SIXTEEN.replace("sixteen", "ten"))), seconded(reword("2(1)", SIXTEEN.replace("sixteen", "twelve"))),
        seconded(reword("3(1)", "The pump is green.")),
    )  # fmt: skip
    assert compositing.take_up(member(TOBIAS), number, [alike], NOON) == ()
    assert now(number).choices.picked == {words(): option(number, "twelve"), pump: "keep"}
    assert compositing.take_up(member(TOBIAS), number, [fewer, 1], NOON) == (words(),)
    assert now(number).choices == Choices({pump: "keep"}, {key: "The pump is ours."})
    assert store.log.entries(limit=1)[0].payload["asked-again"] == {words(): {"picked": option(number, "twelve")}}
    assert compositing.take_up(member(TOBIAS), number, [keep], NOON) == (key,)
    assert len(compositing.open_desk(number).amendments) == 6
    for refused in ([], [1, keep], [propose(strike("2(2)"))]):
        with pytest.raises(compositing.NotMergeable):
            compositing.take_up(member(TOBIAS), number, refused, NOON)


def test_what_was_chosen_while_an_amendment_was_left_is_asked_again_when_it_is_taken_back(number):
    pick = {f"pick:{words()}": option(number, "twelve")}
    save(number, FFION, 0, pick)
    save(number, FFION, 1, {"leave:A1": "yes"})
    save(number, FFION, 2, {"leave:A1": ""})
    assert now(number).choices == Choices({words(): pick[f"pick:{words()}"]})
    save(number, FFION, 3, {"leave:A1": "yes", "leave:A2": "yes", f"pick:{words()}": ""})
    save(number, FFION, 4, {f"write:whole/{clause('2(1)')}/text": "Ten members."})
    save(number, FFION, 5, {"leave:A2": "", "leave:A1": ""})
    assert now(number) == Made(Choices())


OWN = {FFION: "general", TOBIAS: "clerk"}  # where in the text each of them writes alone


class Racer:
    """A member who, in each round, ticks a mark of their own and writes a word of their own where another may write too."""

    def __init__(self, by: str, number: int) -> None:
        self.by, self.number, self.chance = by, number, random.Random(by)
        self.whole, self.leaving = WHOLE.format(clause("2(1)")), f"A3/{clause('3(1)')}"
        self.clashes = 0

    def word(self, n: int) -> str:
        return f"{self.by[:1]}{n}x"

    def added(self, made: Made, word: str, place: str) -> dict[str, str]:
        """The field that adds the word to what stands at the place."""
        if place == "reason":
            return {
                f"leave:{self.leaving}": "yes",
                f"reason:leave/{self.leaving}": f"{made.choices.left[self.leaving]} {word}",
            }
        return {f"write:{self.whole}": made.choices.written[self.whole].replace(place, f"{place} {word}", 1)}

    def race(self, n: int, meeting: Barrier) -> None:
        place = self.chance.choice((OWN[self.by], "members", "reason"))
        desk = compositing.open_desk(self.number)
        fields = {f"look:look/{self.word(n)}": "yes", **self.added(desk.made, self.word(n), place)}
        meeting.wait(60)
        try:
            save(self.number, self.by, desk.composite.revision, fields)
        except Clash as clash:
            self.clashes += 1
            # As a person would who sees both: the word goes into what the other saved, and nobody is faster now.
            both = self.added(clash.theirs, self.word(n), place)
            save(self.number, self.by, store.composites.by_number(self.number).revision, both)
        meeting.wait(60)


@pytest.mark.thorough
def test_two_members_race_a_hundred_and_fifty_times_and_no_edit_is_lost(database, number):
    rounds, meeting = 75, Barrier(2)
    racers = [Racer(by, number) for by in OWN]
    whole, leaving = racers[0].whole, racers[0].leaving
    save(number, FFION, 0, {f"write:{whole}": LONG, f"leave:{leaving}": "yes", f"reason:leave/{leaving}": "Since"})

    def sit(racer: Racer) -> None:
        with database.app_context():
            for n in range(rounds):
                racer.race(n, meeting)
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(sit, racers))
    db.session.rollback()  # to see what the others have kept
    made = now(number)
    words = [racer.word(n) for racer in racers for n in range(rounds)]
    assert set(made.choices.looked) == {f"look/{word}" for word in words}
    written = f"{made.choices.written[whole]} {made.choices.left[leaving]}".replace(";", "").split()
    assert sorted(word for word in written if word in words) == sorted(words)
    assert sum(racer.clashes for racer in racers) > 10
    together = [one for one in store.log.entries(limit=200) if one.act == "choose" and one.payload["together"]]
    assert len(together) > 10
