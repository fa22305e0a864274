"""Run by the system's Python beside LibreOffice, never imported: opens documents there and says what it finds.

    open.py '[{"file": "a.docx", "act": "AcceptAllTrackedChanges", "save": "b.docx"}, ...]'

``act`` (a command of the program) and ``save`` (by the ending of its name) may be left out. Prints, for each, the list of
its paragraphs as they stand afterwards.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8", ".pdf": "writer_pdf_Export"}


def value(name, content):
    found = PropertyValue()
    found.Name, found.Value = name, content
    return found


def connected(pipe):
    """The desktop of a program that is starting."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer.")


def done(context, desktop, job):
    """Open, act, save; the paragraphs."""
    document = desktop.loadComponentFromURL(Path(job["file"]).resolve().as_uri(), "_blank", 0, (value("Hidden", True),))
    if job.get("act"):
        dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        frame = document.CurrentController.Frame
        dispatcher.executeDispatch(frame, f".uno:{job['act']}", "", 0, ())
    paragraphs = document.Text.createEnumeration()
    found = []
    while paragraphs.hasMoreElements():
        one = paragraphs.nextElement()
        if one.supportsService("com.sun.star.text.Paragraph"):
            found.append(" ".join(filter(None, (one.ListLabelString, one.String))) if job.get("labels") else one.String)
    if job.get("save"):
        kind = value("FilterName", FILTERS[Path(job["save"]).suffix])
        document.storeToURL(Path(job["save"]).resolve().as_uri(), (kind,))
    document.close(True)
    return found


def main(jobs):
    with tempfile.TemporaryDirectory() as home:
        pipe = f"redraft-{Path(home).name}"
        program = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;",
             f"-env:UserInstallation={Path(home).as_uri()}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            context, desktop = connected(pipe)
            json.dump([done(context, desktop, job) for job in jobs], sys.stdout)
        finally:
            subprocess.run(["pkill", "-f", f"name={pipe}"], check=False)
            program.wait()


main(json.loads(sys.argv[1]))
