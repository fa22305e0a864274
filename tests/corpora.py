"""The texts the tests read: they lie in a folder ``shared`` beside the checkout, or where REDRAFT_SHARED says."""

import json
import os
from functools import cache
from pathlib import Path

import pytest

import documents

SHARED = Path(os.environ.get("REDRAFT_SHARED") or Path(__file__).parents[2] / "shared")


def corpus(name, suffix=".md"):
    """The files of one corpus in order; the test is skipped without them, but not where everything must run."""
    files = sorted((SHARED / "corpora" / name).glob(f"*{suffix}"))
    if not files and os.environ.get("CI") == "true":
        pytest.fail(f"The corpus {name} is missing.")
    if not files:
        pytest.skip(f"The corpus {name} is not here.")
    return files


def meta(name):
    """What is known about the versions of a corpus."""
    return json.loads((corpus(name)[0].parent / "meta.json").read_text(encoding="utf8"))


def versions(name):
    """Every version of one corpus, read."""
    return [constitution(path) for path in corpus(name)]


@cache
def constitution(path):
    """The constitution in one file; reading it again and again would cost more than the tests."""
    return documents.read(path.name, path.read_bytes())


def hard_cases():
    """The cases that other systems get wrong."""
    path = SHARED / "cases" / "hard_cases.json"
    if not path.exists() and os.environ.get("CI") == "true":
        pytest.fail("The hard cases are missing.")
    if not path.exists():
        pytest.skip("The hard cases are not here.")
    return json.loads(path.read_text(encoding="utf8"))["cases"]
