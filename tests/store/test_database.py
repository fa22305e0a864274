import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone

import make
import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from flask import Flask

import store
from store import engine
from store.columns import NaiveTime, canonical, iso
from store.database import NestedTransaction, NotMigrated, NoTransaction, db

ANOTHER_PROCESS = """
import sys
from datetime import UTC, datetime
from flask import Flask
import store
app = Flask("store")
store.init_app(app, sys.argv[1])
with app.app_context():
    for n in range(20):
        with store.transaction():
            store.log.append(at=datetime.now(UTC), actor="a", act="test", subject="nothing", payload={"n": n})
    store.database.db.session.remove()
    store.database.db.engine.dispose()
"""


def test_what_an_act_wrote_is_gone_when_it_fails(database):
    with pytest.raises(store.amendments.UnknownAmendment):
        _enrol_and_fail()
    assert store.members.count() == 0


def test_an_act_sees_what_it_has_written(database):
    with store.transaction():
        store.members.add_many([store.members.NewMember("rosa", "Rosa")])
        assert store.members.by_handle("rosa").name == "Rosa"


def test_an_act_inside_an_act_is_refused(database):
    with pytest.raises(NestedTransaction), store.transaction(), store.transaction():
        pass


def test_after_a_refused_act_the_next_one_is_free_to_begin(database):
    with pytest.raises(NestedTransaction), store.transaction(), store.transaction():
        pass
    make.members("rosa")
    assert store.members.count() == 1


def test_nothing_is_kept_outside_an_act(database):
    with pytest.raises(NoTransaction):
        store.processes.set("Anglers", "")
    with pytest.raises(NoTransaction):
        make.log("second", "amendment 1")


def test_an_act_sees_what_was_committed_after_it_last_read(database):
    assert store.members.count() == 0
    _elsewhere(database, lambda: make.members("rosa"))
    with store.transaction():
        assert store.members.count() == 1


def test_nobody_writes_between_the_reading_and_the_writing_of_an_act(database):
    """Without the order of writers, some of these would take the same number, or be refused as locked."""
    threads = [threading.Thread(target=_entered, args=(database, _log_one)) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    db.session.rollback()
    assert [entry.seq for entry in store.log.entries()] == list(range(40, 0, -1))
    assert store.log.verify() == ()


@pytest.mark.thorough
def test_two_processes_cannot_fork_the_chain(database):
    """The lock inside a process is of no help here: the database itself must order the writers."""
    address = database.config["SQLALCHEMY_DATABASE_URI"]
    started = [subprocess.Popen([sys.executable, "-c", ANOTHER_PROCESS, address]) for _ in range(2)]
    assert [one.wait(60) for one in started] == [0, 0]
    assert store.log.count() == 40
    assert store.log.verify() == ()


def test_a_time_without_a_zone_is_refused(database):
    with pytest.raises((NaiveTime, sa.exc.StatementError), match="names no time zone"):
        make.edition(at=datetime(2026, 5, 1, 12))  # noqa: DTZ001


def test_a_time_in_another_zone_comes_back_as_the_same_moment_in_utc(database):
    late = make.NOON.astimezone(timezone(timedelta(hours=14)))
    assert make.edition(at=late).at == make.NOON
    assert store.editions.latest().at.utcoffset() == timedelta(0)


def test_times_as_text_sort_as_moments():
    moments = [datetime(2026, 5, 1, 12, tzinfo=UTC) + timedelta(microseconds=step) for step in (0, 1, 10, 1_000_000)]
    assert sorted(map(iso, moments)) == [iso(one) for one in moments]


def test_canonical_json_has_one_text_for_one_value():
    assert canonical({"b": 1, "a": "ü"}) == canonical({"a": "ü", "b": 1}) == '{"a":"ü","b":1}'


@pytest.mark.parametrize("given", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"])
def test_every_spelling_of_postgresql_finds_our_driver(given):
    assert engine.address(given) == "postgresql+psycopg://u:p@h/d"


def test_an_sqlite_that_may_corrupt_the_file_is_refused():
    with pytest.raises(store.UnsafeDatabase, match=r"SQLite 3\.51\.2 may corrupt"):
        engine.refuse_old_sqlite((3, 51, 2))
    engine.refuse_old_sqlite((3, 51, 3))


def test_our_sqlite_is_safe_and_set_as_it_must_be(database):
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in engine.PRAGMAS}
        version = connection.exec_driver_sql("SELECT sqlite_version()").scalar()
    assert found == engine.PRAGMAS
    assert tuple(map(int, version.split("."))) >= engine.SAFE_SQLITE


def test_a_database_that_refuses_a_setting_is_refused():
    """A network drive can refuse the write-ahead log without an error."""
    import pysqlite3

    connection = pysqlite3.connect(":memory:")
    with pytest.raises(store.UnsafeDatabase, match="journal_mode is 'memory' and must be 'wal'"):
        engine._set(connection.cursor(), "journal_mode", "wal")
    connection.close()


def test_an_sqlite_in_memory_can_be_had_for_a_moment():
    app = Flask("store")
    store.init_app(app, "sqlite://")
    with app.app_context():
        store.upgrade()
        make.members("rosa")
        assert store.members.count() == 1
        db.session.remove()
        db.engine.dispose()


def test_a_migrated_database_may_be_served(database):
    store.startup_check()


def test_a_database_without_tables_may_not_be_served(empty_database):
    with pytest.raises(NotMigrated, match=r"at revision none, the programme at \d{4}"):
        store.startup_check()


def test_a_migration_that_fails_leaves_nothing_behind(empty_database, monkeypatch):
    def broken(self):
        raise ZeroDivisionError

    monkeypatch.setattr(MigrationContext, "_ensure_version_table", broken)
    with pytest.raises(ZeroDivisionError):
        store.upgrade()
    assert sa.inspect(db.engine).get_table_names() == []


def _enrol_and_fail():
    with store.transaction():
        store.members.add_many([store.members.NewMember("rosa", "Rosa")])
        store.amendments.by_number(1)


def _log_one():
    for _ in range(5):
        with store.transaction():
            make.log("test", "nothing")


def _entered(app, what):
    with app.app_context():
        what()
        db.session.remove()


def _elsewhere(app, what):
    thread = threading.Thread(target=_entered, args=(app, what))
    thread.start()
    thread.join()
