"""What the committee did in public and the log agree: a row that is changed, gone or smuggled in is found."""

import make
import pytest

import store
import store.rulings
from amendments.rulings import Outcome, Recommendation
from store.ruled import Outcome as Ended

SAID = "entry {} of the log recorded"


@pytest.fixture
def ruled(database):
    """A refusal with its appeal, dismissed, and a recommendation, each recorded."""
    rosa, omar = make.members("rosa", "omar")
    base = make.edition()
    amended = make.amendment(rosa, base)
    subject, at = f"amendment {amended.number}", make.after(5)
    with store.transaction():
        said = {"ground": "unlawful", "reason": "The law.", "changes": ""}
        ruling = store.rulings.Ruling(0, amended.number, amended.version.id, Outcome.OUT_OF_ORDER, **said, at=at)
        store.rulings.add(omar.id, ruling)
        make.log("rule", subject, at, "omar", ruling=1, version=1, outcome="out-of-order", **said)
        store.rulings.add_appeal(1, rosa.id, "No.", at=at)
        make.log("appeal", subject, at, "rosa", appeal=1, ruling=1, reason="No.")
        ended = {"upheld": False, "in_favour": 3, "against": 4, "reason": "Minute 4."}
        store.rulings.add_outcome(1, omar.id, Ended(**ended, at=at))
        make.log("decide-appeal", subject, at, "omar", appeal=1, **ended)
        advised = {"reason": "Late.", "changes": ""}
        made = store.rulings.Recommended(0, amended.number, amended.version.id, Recommendation.REJECT, **advised, at=at)
        store.rulings.add_recommendation(omar.id, made)
        make.log("recommend", subject, at, "omar", recommendation=1, version=1, kind="reject", **advised)
    assert messages() == []


def messages():
    return [fault.message for fault in store.log.verify()]


@pytest.mark.parametrize(("table", "change", "name", "back"), [
    ("ruling", "ground = 'late'", "A ruling", 4),
    ("ruling", "reason = ''", "A ruling", 4),
    ("appeal", "reason = 'Yes.'", "An appeal", 3),
    ("appeal_outcome", "upheld = (1 = 1)", "The outcome of an appeal", 2),
    ("appeal_outcome", "against = NULL", "The outcome of an appeal", 2),
    ("recommendation", "kind = 'carry'", "A recommendation", 1),
    ("recommendation", "member = 1", "A recommendation", 1),
])  # fmt: skip
def test_a_changed_row_is_found(ruled, table, change, name, back):
    make.changed_by_hand(f"UPDATE {table} SET {change}", table)
    seq = store.log.entries(limit=back)[-1].seq
    assert messages() == [f"{name} on amendment 1 is not as {SAID.format(seq)} it."]


def test_a_row_that_is_gone_is_found(ruled):
    make.changed_by_hand("DELETE FROM recommendation", "recommendation")
    seq = store.log.entries(limit=1)[0].seq
    assert messages() == [f"A recommendation on amendment 1 that {SAID.format(seq)} is gone."]


def test_a_row_that_was_smuggled_in_is_found(ruled):
    make.changed_by_hand(
        "INSERT INTO recommendation (id, amendment, version, kind, reason, changes, member, at) "
        "SELECT 2, amendment, version, 'carry', reason, changes, member, at FROM recommendation"
    )
    assert messages() == ["A recommendation on amendment 1 is not recorded in the log."]
