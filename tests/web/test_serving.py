"""Starting: one line says where to look, and a taken port is named."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import click
import pytest

from config import Environment, Settings
from web.serving import announcement, refuse_taken_port

ROOT = Path(__file__).parents[2]


def settings(port, *, demonstration=True):
    return Settings(Environment.DEMONSTRATION, "sqlite://", "x" * 40, demonstration, port=port)


def test_one_line_names_the_addresses():
    assert "http://127.0.0.1:5001/sign-in" in announcement(settings(5001))
    assert "sign-in" not in announcement(settings(5001, demonstration=False))


def test_a_taken_port_is_refused_before_anything_is_done():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(click.ClickException, match=f"port {port}.*PORT="):
            refuse_taken_port(settings(port))


@pytest.mark.thorough
def test_the_server_answers_as_soon_as_it_says_so_and_stops_when_told(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/served.sqlite3",
        "PORT": str(port),
        "REDRAFT_ENV": "development",
        "SECRET_KEY": "s" * 40,
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as served:
        try:
            address = re.search(r"http://\S+", served.stdout.readline())[0]
            with urllib.request.urlopen(f"{address}/sign-in", timeout=20) as answer:
                assert answer.status == 200
        finally:
            served.send_signal(signal.SIGINT)
            assert served.wait(timeout=20) == 0


@pytest.mark.thorough
def test_an_unsafe_production_ends_with_a_sentence():
    environment = os.environ | {"REDRAFT_ENV": "production", "SECRET_KEY": "short"}
    command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: SECRET_KEY is too short")
