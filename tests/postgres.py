"""Where PostgreSQL is, if the tests are to run on it."""

from __future__ import annotations

import os


def address() -> str | None:
    """What TEST_DATABASE_URL says; those that test at the same time have a database each, named after the worker."""
    said = os.environ.get("TEST_DATABASE_URL")
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    return f"{said}_{worker}" if said and worker else said
