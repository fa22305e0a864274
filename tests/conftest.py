"""What all tests share: the database they run on, the pace of property tests, and that CI skips nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import once
import postgres
import pytest
import sqlalchemy as sa
from filelock import FileLock
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings

from app import create_app
from config import Environment, Settings
from store.database import db
from web.serving import prepare

ON_CI = os.environ.get("CI") == "true"
# While working, fewer suffice: every run tries others. CI tries the same hundred each time, lest it fail by chance.
EXAMPLES = (100 if ON_CI else 20) * int(os.environ.get("REDRAFT_EXAMPLES") or 1)
MIGRATIONS = str(Path(__file__).parents[1] / "migrations")

settings.register_profile(
    "redraft", max_examples=EXAMPLES, deadline=None, derandomize=ON_CI, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("redraft")
once.work_out_once()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure on CI: what was skipped there was never checked anywhere."""
    report = yield
    if ON_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and on CI nothing may be: {call.excinfo.value}"
    return report


def pytest_addoption(parser):
    """Offer to run what is otherwise left to CI."""
    parser.addoption("--thorough", action="store_true", help="run also what is marked thorough, as CI always does")


def pytest_collection_modifyitems(config, items):
    """Whatever asks for a database is run again on PostgreSQL (``-m database``); the breadth is left to CI."""
    for item in items:
        if "database" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)
    if ON_CI or config.getoption("--thorough"):
        return
    left = [item for item in items if item.get_closest_marker("thorough")]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if not item.get_closest_marker("thorough")]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An SQLite file with every table and nothing in them, made once by the migrations."""
    file = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
    app = application(f"sqlite:///{file}")
    with app.app_context():
        upgrade(MIGRATIONS)
        db.engine.dispose()
    return file


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """``made_once(name, make)``: a file that ``make(file)`` makes, once for all the processes of this run.

    Telling the story of the demonstration takes seconds, and several of them would tell it at once.
    """

    def made(name, make):
        folder = tmp_path_factory.getbasetemp()
        if "PYTEST_XDIST_WORKER" in os.environ:
            folder = folder.parent
        file = folder / f"{name}.sqlite3"
        with FileLock(f"{file}.lock"):
            if not file.exists():
                unfinished = file.with_suffix(".unfinished")
                make(unfinished)
                unfinished.rename(file)
        return file

    return made


@pytest.fixture(scope="session")
def demonstration(made_once):
    """The demonstration's file as a visitor finds it today; whoever changes anything takes a copy."""

    def make(file):
        app = create_app(Settings(Environment.DEMONSTRATION, f"sqlite:///{file}", "d" * 40, demonstration_sign_in=True))
        with app.app_context():
            prepare(app.config["SETTINGS"])

    return made_once("demonstration", make)


@pytest.fixture
def database(request, tmp_path):
    """An empty, migrated database and the app around it: PostgreSQL with TEST_DATABASE_URL, else an SQLite file."""
    address = postgres.address()
    if not address:
        file = shutil.copy(request.getfixturevalue("migrated"), tmp_path / "redraft.sqlite3")
        address = f"sqlite:///{file}"
    app = application(address)
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            emptied()
        yield app
        db.session.remove()
        db.engine.dispose()


def application(address):
    """The app over a database; testing."""
    app = create_app(Settings(Environment.DEVELOPMENT, address, "t" * 40, demonstration_sign_in=False))
    app.testing = True
    return app


def emptied():
    """Nothing in PostgreSQL but what the migrations make, and that made anew only when a test has changed it."""
    with db.engine.begin() as connection:
        if _made and connection.scalars(MADE).all() == _made:
            tables = connection.scalars(sa.text(TABLES)).all()
            for act in ("DISABLE", "ENABLE"):  # the triggers that keep the past refuse this too
                for table in tables:
                    connection.execute(sa.text(f"ALTER TABLE {table} {act} TRIGGER USER"))
                if act == "DISABLE":
                    connection.execute(sa.text(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE"))
            return
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    upgrade(MIGRATIONS)
    with db.engine.connect() as connection:
        _made[:] = connection.scalars(MADE).all()


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1"
# Every table, column, index and trigger there is: what a migration's test or a forger's has done shows in it.
MADE = sa.text("""
    SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS made
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger ' || tgrelid::regclass::text || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'constraint ' || conrelid::regclass::text || ' ' || conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY made
""")
_made: list[str] = []
