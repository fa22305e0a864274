"""Whatever is changed by hand is found, though its own digest be changed with it."""

from dataclasses import replace
from datetime import date

import make
import pytest

import store
import store.bodies
import store.roll
import store.seconds
from amendments.edit import Reword, to_json
from amendments.edit import digest as edits_digest
from constitution.digest import digest, text_digest
from store.columns import canonical


@pytest.fixture
def kept(database):
    """Two members, rules, an edition, a seconded amendment, a draft of it, the edition it became."""
    rosa, omar = make.members("rosa", "omar")
    with store.transaction():
        process = store.processes.set("Anglers", '[process]\nname = "x"')
        make.log("set-up", "process", rulebook=process.digest)
    base = make.edition()
    amended = make.amendment(rosa, base)
    make.second(amended, omar)
    frozen = make.draft(make.composite(base, amended))
    make.edition(frozen.constitution, at=make.after(3), draft=frozen.number)
    assert store.log.verify() == ()
    return amended


@pytest.fixture
def decided(kept):
    """A branch and a body have seconded as well, through their officer."""
    [tove] = make.members("tove")
    for n, (kind, name) in enumerate([("branch", "Fen"), ("body", "Anglers' Guild")], start=4):
        decision = store.bodies.Decision(kind, name, date(2026, 4, 30), f"Minute {n}")
        with store.transaction():
            store.bodies.add_second(kept.version, decision, tove, at=make.after(n))
            said = {"digest": kept.version.digest, kind: name, "decided": "2026-04-30", "minute": f"Minute {n}"}
            make.log("second-for-body", f"amendment {kept.number}", make.after(n), "tove", **said)
    assert store.log.verify() == ()
    return kept


@pytest.fixture
def snapshots(kept):
    """The roll was written down by itself, and after an import."""
    for n, (act, subject) in enumerate([("roll-snapshot", "roll snapshot 1"), ("import-roll", "roll")], start=1):
        with store.transaction():
            made = store.roll.snapshot("Before the conference", make.after(n))
            said = {"members": made.members, "digest": made.digest} | ({"snapshot": n} if act == "import-roll" else {})
            make.log(act, subject, make.after(n), **said)
    assert store.log.verify() == ()


def messages():
    return [fault.message for fault in store.log.verify()]


def test_a_changed_wording_is_found_wherever_it_is_printed(kept):
    make.changed_by_hand("UPDATE wording SET text = 'One is a quorum.' WHERE text LIKE 'Ten members%'", "wording")
    name = text_digest("Ten members are a quorum.")[:12]
    assert messages() == [
        f"The wording {name} is not as it was kept; it now reads: 'One is a quorum.'.",
        "Edition 1 is not as it was kept: its text does not match its digest.",
    ]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "change",
    [
        "repealed = (1 = 1) WHERE clause = 'a1'",
        "kind = 'note' WHERE clause = 'a1'",
        "kind = 'nonsense' WHERE clause = 'a1'",
        "parent = 'a1' WHERE clause = 'c22'",
        "parent = 'a2' WHERE clause = 'a2'",
        "position = 9 WHERE clause = 'a3'",
        "heading = text WHERE clause = 'a1'",
        "mark = '{}' WHERE clause = 'a1'",
        """mark = '{"style":"none"}' WHERE clause = 'a1'""",
    ],
)
def test_any_change_to_a_clause_of_an_edition_is_found(kept, change):
    make.changed_by_hand(f"UPDATE edition_clause SET {change} AND edition = 2", "edition_clause")
    assert messages() == ["Edition 2 is not as it was kept: its text does not match its digest."]


@pytest.mark.parametrize("column", ["front", "book_title", "language"])
def test_a_change_to_the_head_of_an_edition_is_found(kept, column):
    make.changed_by_hand(f"UPDATE edition SET {column} = 'xx' WHERE number = 1", "edition")
    assert messages() == ["Edition 1 is not as it was kept: its text does not match its digest."]


def test_an_edition_changed_together_with_its_digest_is_found(kept):
    forged = digest(replace(make.book(), front="forged"))
    make.changed_by_hand(f"UPDATE edition SET front = 'forged', digest = '{forged}' WHERE number = 1", "edition")
    assert messages() == [
        "Edition 1 has another digest than entry 2 of the log recorded.",
        "Amendment 1, version 1 is not as it was kept: its text does not match its digest.",
    ]


def test_another_date_of_an_edition_is_found(kept):
    make.changed_by_hand("UPDATE edition SET at = '2020-01-01T00:00:00.000000+00:00' WHERE number = 1", "edition")
    assert messages() == ["Edition 1 is dated otherwise than entry 2 of the log."]


def test_an_edition_that_was_never_logged_is_found(kept):
    with store.transaction():
        store.editions.add(make.book("Smuggled."), at=make.NOON, note="", adopted_from=None)
    assert messages() == ["Edition 3 is not recorded in the log."]


def test_an_edition_that_is_gone_is_found(kept):
    for table in ("adoption", "edition_clause"):
        make.changed_by_hand(f"DELETE FROM {table} WHERE edition = 2", table)
    make.changed_by_hand("DELETE FROM edition WHERE number = 2", "edition")
    assert messages() == ["Entry 6 of the log recorded edition 2, which is not there any more."]


def test_a_changed_draft_is_found(kept):
    make.changed_by_hand("UPDATE draft_clause SET repealed = (1 = 1) WHERE clause = 'a1'", "draft_clause")
    assert messages() == ["Draft 1 is not as it was kept: its text does not match its digest."]


def test_a_changed_redline_of_a_draft_is_found(kept):
    make.changed_by_hand("UPDATE draft SET redline_digest = 'b'", "draft")
    assert messages() == ["Draft 1 has another redline than entry 5 of the log recorded."]


@pytest.mark.parametrize("edits", ["[]", '[{"act":"strike","clause":"a1"}]', '[{"act":"nonsense"}]', "7"])
def test_a_changed_amendment_is_found(kept, edits):
    make.changed_by_hand(f"UPDATE amendment_version SET edits = '{edits}'", "amendment_version")
    assert messages() == ["Amendment 1, version 1 is not as it was kept: its text does not match its digest."]


def test_an_amendment_changed_together_with_its_digest_is_found(kept):
    edits = (Reword("c21", "Forged."),)
    forged = edits_digest(edits, store.editions.load(1).digest)
    make.changed_by_hand(
        f"UPDATE amendment_version SET edits = '{canonical(to_json(edits))}', digest = '{forged}'", "amendment_version"
    )
    assert messages() == [
        "Amendment 1, version 1 has another digest than entry 3 of the log recorded.",
        "The log does not record that omar seconded amendment 1.",
        "Entry 4 of the log recorded that omar seconded amendment 1; the second is gone.",
    ]


def test_a_changed_reason_is_found_where_the_log_recorded_the_words(kept):
    make.changed_by_hand("UPDATE amendment_version SET reason = 'Because I say so.'", "amendment_version")
    assert messages() == ["Amendment 1, version 1 has another words than entry 3 of the log recorded."]


def test_a_second_nobody_gave_is_found(kept):
    [tove] = make.members("tove")
    with store.transaction():
        store.amendments.add_second(kept.version, tove, at=make.NOON)
    assert messages() == ["The log does not record that tove seconded amendment 1."]


def test_a_second_taken_away_is_found(kept):
    make.changed_by_hand("DELETE FROM second", "second")
    assert messages() == ["Entry 4 of the log recorded that omar seconded amendment 1; the second is gone."]


def test_another_date_of_a_second_is_found(kept):
    make.changed_by_hand("UPDATE second SET at = '2020-01-01T00:00:00.000000+00:00'", "second")
    assert messages() == ["A second of amendment 1 is dated otherwise than entry 4 of the log."]


# ------------------------------------------------------------------ seconds taken back and given again


def take_back(amended, member, at, act="take-back-second"):
    with store.transaction():
        store.seconds.take_back([amended.version.id], member, at=at)
        make.log(act, f"amendment {amended.number}", at, member.handle, digest=amended.version.digest)


def test_a_second_taken_back_and_given_again_is_as_the_log_recorded_it(kept):
    omar = store.members.by_handle("omar")
    for n in (1, 3):
        take_back(kept, omar, make.after(n))
        make.second(kept, omar, make.after(n + 1))
    assert messages() == []


def test_acts_of_one_moment_are_told_apart(kept):
    omar = store.members.by_handle("omar")
    take_back(kept, omar, make.NOON)
    make.second(kept, omar, make.NOON)
    assert messages() == []
    make.changed_by_hand("DELETE FROM second_change WHERE seconds", "second_change")
    assert messages() == ["Entry 8 of the log recorded that omar seconded amendment 1; the second is gone."]


def test_a_second_that_somebody_else_took_back_is_found(kept):
    with store.transaction():
        store.seconds.take_back([kept.version.id], store.members.by_handle("omar"), at=make.after(1))
    assert messages() == ["The log does not record that omar took support back from amendment 1."]


@pytest.mark.parametrize("act", ["take-back-second", "leave-amendment"])
def test_support_that_was_taken_back_and_counts_again_is_found(kept, act):
    take_back(kept, store.members.by_handle("omar"), make.after(1), act)
    assert messages() == []
    make.changed_by_hand("DELETE FROM second_change", "second_change")
    said = "Entry 7 of the log recorded that omar took support back from amendment 1; that is gone."
    assert messages() == [said]


def test_support_that_was_taken_back_is_found_to_be_given(kept):
    take_back(kept, store.members.by_handle("omar"), make.after(1))
    make.changed_by_hand("UPDATE second_change SET seconds = (1 = 1)", "second_change")
    assert messages() == [
        "The log does not record that omar seconded amendment 1.",
        "Entry 7 of the log recorded that omar took support back from amendment 1; that is gone.",
    ]


# ------------------------------------------------------------------ decisions of branches and bodies


def test_a_decision_nobody_took_is_found(decided):
    decision = store.bodies.Decision("branch", "Tamar", date(2026, 4, 30), "Minute 9")
    with store.transaction():
        store.bodies.add_second(decided.version, decision, store.members.by_handle("tove"), at=make.NOON)
    assert messages() == ["The log does not record that the branch Tamar seconded amendment 1."]


def test_a_decision_that_is_gone_is_found(decided):
    make.changed_by_hand("DELETE FROM body_second WHERE kind = 'body'", "body_second")
    said = "Entry 8 of the log recorded that the body Anglers' Guild seconded amendment 1; the second is gone."
    assert messages() == [said]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("minute = 'Minute 99'", "has another minute than entry 7 of the log recorded"),
        ("decided = '2026-05-01'", "has another day of decision than entry 7 of the log recorded"),
        (
            "member = (SELECT id FROM member WHERE handle = 'omar')",
            "has another officer than entry 7 of the log recorded",
        ),
        ("at = '2020-01-01T00:00:00.000000+00:00'", "is dated otherwise than entry 7 of the log"),
    ],
)
def test_any_change_to_a_decision_is_found(decided, change, said):
    make.changed_by_hand(f"UPDATE body_second SET {change} WHERE kind = 'branch'", "body_second")
    assert messages() == [f"A second of amendment 1 {said}."]


@pytest.mark.parametrize("change", ["body = 'Tamar'", "kind = 'body'"])
def test_a_decision_put_in_the_name_of_another_is_found(decided, change):
    make.changed_by_hand(f"UPDATE body_second SET {change} WHERE kind = 'branch'", "body_second")
    [smuggled, gone] = messages()
    assert smuggled.startswith("The log does not record that the ")
    assert gone == "Entry 7 of the log recorded that the branch Fen seconded amendment 1; the second is gone."


# ------------------------------------------------------------------ the roll


@pytest.mark.thorough
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("column", ["branch", "body", "joined", "standing", "roles", "handle"])
def test_a_changed_entry_of_a_snapshot_is_found(snapshots, number, column):
    make.changed_by_hand(
        f"UPDATE roll_entry SET {column} = 'x' WHERE snapshot = {number} AND handle = 'omar'", "roll_entry"
    )
    said = f"Snapshot {number} of the roll is not as it was kept: its entries do not match its digest."
    assert messages() == [said]


def test_a_snapshot_changed_together_with_its_digest_is_found(snapshots):
    [first, *others] = store.roll.entries(1)
    forged = store.roll.digest([replace(first, standing="left"), *others])
    make.changed_by_hand("UPDATE roll_entry SET standing = 'left' WHERE snapshot = 1 AND handle = 'omar'", "roll_entry")
    make.changed_by_hand(f"UPDATE roll_snapshot SET digest = '{forged}' WHERE number = 1", "roll_snapshot")
    assert store.roll.verify(1) == ()
    assert messages() == ["Snapshot 1 of the roll has another digest than entry 7 of the log recorded."]


def test_somebody_left_out_of_a_snapshot_is_found(snapshots):
    [_, *others] = store.roll.entries(2)
    make.changed_by_hand("DELETE FROM roll_entry WHERE snapshot = 2 AND handle = 'omar'", "roll_entry")
    forged = store.roll.digest(others)
    make.changed_by_hand(f"UPDATE roll_snapshot SET digest = '{forged}', members = 1 WHERE number = 2", "roll_snapshot")
    assert messages() == [
        "Snapshot 2 of the roll has another digest than entry 8 of the log recorded.",
        "Snapshot 2 of the roll has another number of members than entry 8 of the log recorded.",
    ]


def test_another_date_of_a_snapshot_is_found(snapshots):
    make.changed_by_hand(
        "UPDATE roll_snapshot SET at = '2020-01-01T00:00:00.000000+00:00' WHERE number = 2", "roll_snapshot"
    )
    assert messages() == ["Snapshot 2 of the roll is dated otherwise than entry 8 of the log."]


def test_a_snapshot_that_was_never_logged_is_found(snapshots):
    with store.transaction():
        store.roll.snapshot("Made to fit", make.NOON)
    assert messages() == ["Snapshot 3 of the roll is not recorded in the log."]


@pytest.mark.parametrize("number", [1, 2])
def test_a_snapshot_that_is_gone_is_found(snapshots, number):
    make.changed_by_hand(f"DELETE FROM roll_entry WHERE snapshot = {number}", "roll_entry")
    make.changed_by_hand(f"DELETE FROM roll_snapshot WHERE number = {number}", "roll_snapshot")
    said = f"Entry {6 + number} of the log recorded roll snapshot {number}, which is not there any more."
    assert messages() == [said]


# ------------------------------------------------------------------ the rest


def test_a_state_without_its_step_is_found(kept):
    make.changed_by_hand("UPDATE amendment SET state = 'in-force'")
    assert messages() == ["Amendment 1 is in-force, but the last step of its history is seeking-seconders."]


def test_changed_rules_are_found(kept):
    make.changed_by_hand("UPDATE process SET rulebook = 'x'", "process")
    assert messages() == ["The rules are not as they were kept: they do not match their digest."]


def test_rules_that_were_never_logged_are_found(kept):
    with store.transaction():
        store.processes.set("Anglers", '[process]\nname = "easier"')
    assert messages() == ["The rules have another digest than the log recorded."]
