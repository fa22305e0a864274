"""What LibreOffice makes of a document: the paragraphs once changes are accepted or rejected, and what it saves."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "office" / "open.py"
PYTHON = "/usr/bin/python3"  # the one that the program's own module is for


def opened(*jobs):
    """The paragraphs of each document after its job (see tests/office/open.py)."""
    if shutil.which("soffice") is None or subprocess.run([PYTHON, "-c", "import uno"], check=False).returncode:
        pytest.skip("LibreOffice is not here (apt-get install libreoffice-writer-nogui python3-uno).")
    found = subprocess.run(
        [PYTHON, SCRIPT, json.dumps(jobs, default=str)], capture_output=True, check=True, timeout=300
    )
    return json.loads(found.stdout)


def accepted_and_rejected(*files):
    """For each document its paragraphs with all changes accepted, and with all rejected."""
    acts = ("AcceptAllTrackedChanges", "RejectAllTrackedChanges")
    found = iter(opened(*({"file": one, "act": act} for one in files for act in acts)))
    return list(zip(found, found, strict=True))
