import hashlib
import json
from threading import Thread

import make
import pytest

import store
import store.amendments
import store.audit
from store.chain import GENESIS


def append(*acts):
    with store.transaction():
        return [make.log(act, "amendment 1", at=make.after(n), number=n) for n, act in enumerate(acts)]


def messages():
    return [fault.message for fault in store.log.verify()]


def test_what_is_done_while_the_log_is_checked_is_no_fault(database, monkeypatch):
    rosa, omar = make.members("rosa", "omar")
    amended = make.amendment(rosa, make.edition())
    looked = store.audit.faults

    def done_meanwhile():
        with database.app_context():
            make.second(amended, omar)

    def faults(record):
        thread = Thread(target=done_meanwhile)
        thread.start()
        thread.join()
        return looked(record)

    monkeypatch.setattr(store.audit, "faults", faults)
    assert messages() == []
    monkeypatch.undo()
    assert len(store.amendments.seconds(amended)) == 1
    assert messages() == []


def test_the_first_entry_follows_nothing(database):
    [first] = append("propose")
    assert (first.seq, first.previous) == (1, GENESIS)


def test_each_entry_is_bound_to_the_one_before(database):
    first, second = append("propose", "second")
    assert (second.seq, second.previous) == (2, first.hash)


def test_an_entry_comes_back_as_it_was_written(database):
    [first] = append("propose")
    assert store.log.entries() == (first,)


def test_the_latest_entry_comes_first_and_the_pages_go_back(database):
    append(*"abcde")
    assert [one.act for one in store.log.entries(limit=2)] == ["e", "d"]
    assert [one.act for one in store.log.entries(limit=2, before=4)] == ["c", "b"]
    assert store.log.count() == 5


def test_anybody_can_recompute_the_hash_of_an_entry(database):
    """By the description in store/chain.py alone."""
    [first] = append("propose")

    def sha(value):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    fields = {"seq": 1, "at": "2026-05-01T12:00:00.123456+00:00", "actor": "rosa", "act": "propose"}
    rest = {"subject": "amendment 1", "payload": sha({"number": 0}), "previous": "0" * 64}
    assert first.hash == sha(fields | rest)


def test_an_untouched_log_is_without_fault(database):
    append(*"abc")
    assert store.log.verify() == ()


def test_an_empty_log_is_without_fault(database):
    assert store.log.verify() == ()


@pytest.mark.parametrize(
    "column",
    ["actor = 'mallory'", "act = 'adopt'", "subject = 'amendment 2'", "at = '2026-05-01T12:00:00.000000+00:00'"],
)
def test_a_changed_entry_is_found(database, column):
    append(*"abc")
    make.changed_by_hand(f"UPDATE log_entry SET {column} WHERE seq = 2", "log_entry")
    assert messages() == ["Entry 2 of the log is not as it was recorded: its hash does not match."]


@pytest.mark.parametrize("payload", ['{"number":7}', "nonsense", "[]"])
def test_changed_particulars_are_found(database, payload):
    append(*"abc")
    make.changed_by_hand(f"UPDATE log_entry SET payload = '{payload}' WHERE seq = 2", "log_entry")
    assert messages() == ["The particulars of entry 2 of the log are not those that were recorded."]


def test_a_missing_entry_is_found(database):
    append(*"abc")
    make.changed_by_hand("DELETE FROM log_entry WHERE seq = 2", "log_entry")
    assert messages() == [
        "Entry 3 of the log stands where entry 2 should be.",
        "Entry 3 of the log does not follow the entry before it.",
    ]


def test_a_forged_entry_with_a_good_hash_is_found_by_the_next(database):
    from dataclasses import replace

    from store.chain import seal

    entry = append(*"abc")[1]
    forged = seal(replace(entry, actor="mallory"))
    make.changed_by_hand(f"UPDATE log_entry SET actor = 'mallory', hash = '{forged}' WHERE seq = 2", "log_entry")
    assert messages() == ["Entry 3 of the log does not follow the entry before it."]
