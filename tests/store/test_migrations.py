import make
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade

import store
import store.ballots
from store.database import MIGRATIONS, Base, db

GUARDED = [
    "process",
    "clause",
    "wording",
    "edition",
    "edition_clause",
    "amendment_version",
    "amendment_clause",
    "amendment_state",
    "second",
    "composite_amendment",
    "draft_clause",
    "adoption",
    "amendment_relation",
    "second_change",
    "version_objection",
    "point_version",
    "log_entry",
    "roll_snapshot",
    "roll_entry",
    "stage_date",
    "body_second",
    "amendment_body",
    "ruling",
    "appeal",
    "appeal_outcome",
    "recommendation",
    "ruled_relation",
    "relation_challenge",
    "challenge_outcome",
    "composite_revision",
    "composite_left",
    "consent_request",
    "consent_answer",
    "draft_item",
    "draft_wording",
    "draft_objection",
    "publication",
    "publication_item",
    "ballot",
    "ballot_step",
    "ballot_definition",
    "ballot_voter",
    "hall_count",
    "paper_voter",
    "ballot_result",
    "decision",
    "outside_word",
    "proviso",
    "correction",
    "correction_objection",
    "corrected",
]


def of_the_models(name, kind, _):
    """Whether the models speak of it: the index of words is no table to them, and FTS5 keeps it in five of its own."""
    return kind != "table" or not name.startswith("search_index")


def test_the_migrations_make_what_the_models_say(database):
    with db.engine.connect() as connection:
        options = {"compare_type": True, "target_metadata": Base.metadata, "include_name": of_the_models}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_name_every_constraint_as_the_models_do(database):
    inspector = sa.inspect(db.engine)
    for name, table in Base.metadata.tables.items():
        found = {key["name"] for key in inspector.get_foreign_keys(name)}
        found |= {check["name"] for check in inspector.get_check_constraints(name)}
        kinds = (sa.ForeignKeyConstraint, sa.CheckConstraint)
        assert found == {one.name for one in table.constraints if isinstance(one, kinds)}


def test_the_migrations_go_down_to_nothing_and_up_again(empty_database):
    for _ in range(2):
        store.upgrade()
        _down()
        assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}


def test_the_migrations_go_down_with_data_in_every_table(database):
    _everything()
    for table in Base.metadata.tables:
        assert db.session.scalar(sa.text(f"SELECT count(*) FROM {table}")), (
            f"{table} is empty: say more in _everything()"
        )
    db.session.remove()
    _down()
    store.upgrade()
    assert store.members.count() == 0


@pytest.mark.thorough
@pytest.mark.parametrize("table", GUARDED)
def test_the_database_refuses_to_change_the_past(database, table):
    _everything()
    column = sa.inspect(db.engine).get_columns(table)[0]["name"]
    statements = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
    if db.engine.dialect.name == "postgresql":
        statements.append(f"TRUNCATE {table} CASCADE")
    for statement in statements:
        _refused(statement)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE amendment SET mover = 2",
        "UPDATE composite SET base_edition = 2",
        "UPDATE draft SET digest = 'b', state = 'adopted'",
        "UPDATE draft SET provenance = '{}'",
        "DELETE FROM amendment",
        "DELETE FROM composite",
        "DELETE FROM draft",
    ],
)
def test_the_database_lets_only_the_state_change(database, statement):
    _everything()
    _refused(statement)


def test_sqlite_does_not_let_a_row_be_replaced_behind_the_guard(database):
    if db.engine.dialect.name == "sqlite":
        _everything()
        _refused("INSERT OR REPLACE INTO wording SELECT digest, 'forged' FROM wording")


def _everything():
    """At least one row in every table."""
    rosa, omar = make.members("rosa", "omar")
    with store.transaction():
        store.processes.set("Anglers", '[process]\nname = "x"')
    base = make.edition()
    amended = make.amendment(rosa, base)
    make.second(amended, omar)
    make.edition(make.book("Fifteen members are a quorum."), draft=make.draft(make.composite(base, amended)).number)
    _insert(_people(amended.number), rosa.id)
    _insert(_committee(amended.number), rosa.id)
    _insert(_ballots(), rosa.id)
    _insert(_adoptions(), rosa.id)


def _insert(rows, member):
    with store.transaction():
        for name, row in rows.items():
            table = Base.metadata.tables[name]
            more = {"member": member, "at": make.NOON}
            db.session.execute(sa.insert(table).values({key: more[key] for key in more if key in table.c} | row))


def _committee(amendment):
    """A row in every table of the committee."""
    said = {"amendment": amendment, "version": 1, "reason": "x", "changes": ""}
    return {
        "ruling": {"outcome": "in-order", "ground": "", **said},
        "appeal": {"ruling": 1, "reason": "x"},
        "appeal_outcome": {"appeal": 1, "upheld": True, "reason": "x"},
        "recommendation": {"kind": "carry", **said},
        "advice": {"amendment": amendment, "text": "x"},
        "ruled_relation": {"amendment": amendment, "kind": "needs", "other": amendment, "stands": True, "reason": "x"},
        "relation_challenge": {"relation": 1, "reason": "x"},
        "challenge_outcome": {"challenge": 1, "upheld": True, "reason": "x"},
        "composite_revision": {"composite": 1, "revision": 1, "choices": {}},
        "composite_left": {"composite": 1, "amendment": amendment, "stands": True, "reason": "x"},
        "consent_request": {"composite": 1, "digest": "d"},
        "consent_answer": {"request": 1, "agrees": True, "reason": ""},
        "draft_item": {
            "draft": 1,
            "amendment": amendment,
            "version": 1,
            "fate": "merged",
            "reason": "",
            "set_aside": [],
        },
        "draft_wording": {"draft": 1, "n": 1, "key": "k", "words": "x", "reason": "x"},
        "draft_objection": {"draft": 1, "reason": "x"},
        "publication": {"number": 1, "title": "x", "ordered_by": "text"},
        "publication_item": {"publication": 1, "amendment": amendment, "agenda": 1},
    }


def _ballots():
    """A row in every table of ballots, the vote still open."""
    voter = {"ballot": 1, "college": "members"}
    return {
        "ballot": {"number": 1, "rule": "r", "title": "x", "mode": "sealed", "drafts": [1], "split": [],
                   "opens": make.NOON, "closes": make.NOON},
        "ballot_step": {"ballot": 1, "n": 1, "step": "open", "payload": {}},
        "ballot_definition": {"ballot": 1, "fingerprint": "f", "definition": "{}"},
        "ballot_voter": {**voter, "handle": "rosa", "weight": 1},
        "envelope": {**voter, "content": "c", "hash": "h", "way": "browser"},
        "hall_count": {**voter, "batch": "1", "papers": []},
        "paper_voter": voter,
        "ballot_result": {"ballot": 1, "papers": "", "digest": "d", "result": {}},
    }  # fmt: skip


def _adoptions():
    """A row in every table of adoption."""
    return {
        "decision": {"draft": 1, "ballot": 1, "drafts": [1], "sentences": [], "consent": []},
        "outside_word": {
            "draft": 1,
            "kind": "consent",
            "body": "x",
            "day": "2026-05-01",
            "reference": "1",
            "given": True,
        },
        "proviso": {"draft": 1, "clause": "c21", "kind": "from", "day": "2027-01-01", "note": "x"},
        "correction": {"edition": 1, "clause": "c21", "heading": "", "text": "x", "reason": "x"},
        "correction_objection": {"correction": 1, "reason": "x"},
        "corrected": {"edition": 2, "corrections": [1]},
    }


def _people(amendment):
    """A row in every table of the people, as they hold of one another."""
    now = make.NOON
    return {
        "roll_snapshot": {"number": 1, "at": now, "reason": "x", "members": 1, "digest": "d"},
        "roll_entry": {
            "snapshot": 1,
            "handle": "rosa",
            "branch": "",
            "body": "",
            "joined": "",
            "standing": "good",
            "roles": "",
        },
        "session": {"id": "s", "by": "link", "device": "", "at": now, "seen": now, "expires": now},
        "ticket": {"id": "t", "purpose": "x", "browser": "b", "payload": {}, "at": now, "expires": now},
        "attempt": {"key": "k", "at": now},
        "passkey": {"credential": "c", "public_key": "p", "sign_count": 0, "name": "Phone", "at": now},
        "notice": {
            "message_id": "m",
            "kind": "x",
            "address": "a",
            "subject": "s",
            "body": "b",
            "at": now,
            "tries": 0,
            "error": "",
        },
        "notice_choice": {"kind": "x", "choice": "daily"},
        "stage_date": {"name": "s", "edge": "opens", "moment": now, "reason": "x", "at": now},
        "body_second": {
            "version": 1,
            "kind": "branch",
            "body": "Fen",
            "decided": "2026-05-01",
            "minute": "4",
            "at": now,
        },
        "amendment_body": {
            "amendment": amendment,
            "kind": "branch",
            "body": "Fen",
            "decided": "2026-05-01",
            "minute": "4",
        },
        "amendment_relation": {"amendment": amendment, "kind": "alternative", "other": amendment, "at": now},
        "second_change": {"version": 1, "seconds": False, "at": now},
        "version_objection": {"version": 1, "reason": "x", "at": now},
        "unfinished": {"id": "u", "content": {}, "revision": 1, "begun": now, "saved": now},
        "point": {"id": 1, "amendment": amendment, "side": "for", "at": now, "hidden_reason": ""},
        "point_version": {"point": 1, "n": 1, "text": "x", "at": now},
        "follow": {"kind": "branch", "subject": "Fen", "at": now},
    }


def _refused(statement):
    with pytest.raises(sa.exc.DatabaseError, match="is append-only"), db.engine.begin() as connection:
        connection.execute(sa.text(statement))


def _down():
    downgrade(directory=str(MIGRATIONS), revision="base")


def test_the_urn_takes_nothing_out_and_after_the_closing_nothing_in(database):
    _everything()
    with pytest.raises(sa.exc.DatabaseError), db.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM envelope"))
    change = sa.text("UPDATE envelope SET content = 'other'")
    with db.engine.begin() as connection:
        connection.execute(change)
    with store.transaction():
        store.ballots.step(1, store.ballots.Step.CLOSED, {}, None, make.NOON)
    another = "INSERT INTO envelope VALUES (1, 'members', 2, 'c', 'h', 'browser')"
    for late in (change, sa.text(another)):
        with pytest.raises(sa.exc.DatabaseError, match="the vote is closed"), db.engine.begin() as connection:
            connection.execute(late)
