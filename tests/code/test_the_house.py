"""What must hold for the whole of the code, wherever it is written."""

import ast
import re
from dataclasses import fields
from pathlib import Path

from config import Settings

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "constitution",
    "amendments",
    "ballots",
    "members",
    "rulebook",
    "documents",
    "store",
    "services",
    "demonstration",
    "web",
)
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_nothing_imports_the_factory():
    assert [path for path in SOURCES if "app" in set(imported(ast.parse(path.read_text())))] == []


def test_a_module_says_what_it_is_for():
    assert [path for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_a_template_trusts_nothing_and_styles_nothing():
    never = re.compile(r"\|\s*safe\b|autoescape\s+false|\sstyle=|\son[a-z]+=")
    assert [path for path in TEMPLATES if never.search(path.read_text())] == []


def test_no_module_is_a_drawer_for_what_has_no_name():
    vague = {"base", "common", "handlers", "helpers", "manager", "misc", "util", "utils"}
    assert [path for path in SOURCES if path.stem in vague] == []


def test_no_file_under_tests_makes_a_package_of_it():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_every_setting_has_its_line_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    read = set(re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "config.py").read_text()))
    assert len(read) == len(fields(Settings))
    assert [name for name in sorted(read) if f"`{name}`" not in readme] == []


def test_the_runtime_is_locked_by_hashes_and_the_checks_agree_with_it():
    runtime, checks = pins("requirements.txt"), pins("requirements-dev.txt")
    assert runtime.items() <= checks.items()
    for lock in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / lock).read_text()


def test_every_requirement_that_was_asked_for_is_locked():
    wanted = re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==(\S+)", (ROOT / "requirements.in").read_text(), re.MULTILINE)
    assert [pair for pair in wanted if pins("requirements.txt").get(pair[0]) != pair[1]] == []


def pins(lock):
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==([^\s;]+)", (ROOT / lock).read_text(), re.MULTILINE))


def imported(tree):
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (one.name.split(".")[0] for one in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.split(".")[0]
