"""Each call reads a broken file, and its error is kept."""

import json
from pathlib import Path

import scenery

UNIT = "descriptors"
PATH = Path(scenery.folder(), "broken.json")
PATH.write_text("{", "utf-8")


def call(page, n):
    with scenery.Reported(json.JSONDecodeError):
        page.settings(PATH)
