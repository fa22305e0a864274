"""The typefaces, served from the packages that carry them, and addresses of static files that change with the file."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, abort, current_app, send_file

from web.access import open_to_all

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("assets", __name__)

SERIF, SANS = "font_source_serif_pro", "font_source_sans_pro"
FONTS = {
    "serif": (SERIF, "SourceSerifPro-Regular.otf"),
    "serif-italic": (SERIF, "SourceSerifPro-It.otf"),
    "serif-semibold": (SERIF, "SourceSerifPro-Semibold.otf"),
    "sans": (SANS, "SourceSansPro-Regular.otf"),
    "sans-semibold": (SANS, "SourceSansPro-Semibold.otf"),
}


@blueprint.get("/fonts/<name>.otf")
@open_to_all
def font(name: str) -> Response:
    """One of the typefaces; they never change, so a browser may keep them."""
    if name not in FONTS:
        abort(404)
    package, file = FONTS[name]
    return send_file(str(files(package) / "files" / file), mimetype="font/otf", max_age=365 * 24 * 60 * 60)


def version(endpoint: str, values: dict[str, Any]) -> None:
    """Put the digest of a static file into its address, so that it may be kept for a year."""
    if endpoint == "static" and "filename" in values and "v" not in values:
        values["v"] = _digest(Path(current_app.static_folder or "") / values["filename"])


def init_app(app: Flask) -> None:
    """Version the addresses of static files."""
    app.url_defaults(version)


def _digest(path: Path) -> str:
    return _digest_of(path, path.stat().st_mtime_ns) if path.is_file() else "missing"


@lru_cache(maxsize=64)
def _digest_of(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
