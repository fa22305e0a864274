"""The nouns take time, chance and everything outside as arguments; nothing in them reaches for it."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOUNS = ("constitution", "amendments", "ballots", "members", "rulebook")
FILES = sorted(path for noun in NOUNS for path in (ROOT / noun).rglob("*.py"))

MODULES = {
    "glob", "io", "locale", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3",
    "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid", "zoneinfo",
}  # fmt: skip
# The data of the time zones is a table of facts, like that of Unicode; one module reads it for all.
FACTS = {"rulebook/zones.py": {"zoneinfo"}}
CALLS = {"breakpoint", "eval", "exec", "input", "open", "print"}
CLOCKS = {"fromtimestamp", "now", "today", "utcnow"}


def test_a_noun_uses_no_clock_chance_environment_or_file():
    assert [one for path in FILES for one in outside(path)] == []


def outside(path):
    name = str(path.relative_to(ROOT))
    for found in reaches_out(ast.parse(path.read_text())):
        if found.split(": ")[1] not in FACTS.get(name, set()):
            yield f"{name}, {found}"


def test_the_check_finds_what_it_looks_for():
    found = "import os\nfrom random import choice\nx = open('f')\ny = datetime.now()\nz = date.today()"
    assert len(list(reaches_out(ast.parse(found)))) == 5


def reaches_out(tree):
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (f"line {node.lineno}: {one.name}" for one in names if one.name.split(".")[0] in MODULES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in MODULES:
                yield f"line {node.lineno}: {module}"
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                yield f"line {node.lineno}: {name}()"
            case ast.Attribute(attr=name, value=ast.Name(id="date" | "datetime")) if name in CLOCKS:
                yield f"line {node.lineno}: {name}"
