"""Whatever is changed by hand is found, though its own digest be changed with it."""

import make
import pytest

import store
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


def messages():
    return [fault.message for fault in store.log.verify()]


def test_a_changed_wording_is_found_wherever_it_is_printed(kept):
    make.changed_by_hand("UPDATE wording SET text = 'One is a quorum.' WHERE text LIKE 'Ten members%'", "wording")
    name = text_digest("Ten members are a quorum.")[:12]
    assert messages() == [
        f"The wording {name} is not as it was kept; it now reads: 'One is a quorum.'.",
        "Edition 1 is not as it was kept: its text does not match its digest.",
    ]


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
    from dataclasses import replace

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
