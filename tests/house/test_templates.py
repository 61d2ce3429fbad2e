"""Pages keep the strict security policy: nothing inline, nothing from elsewhere."""

import re

import pytest

from tests.house.tree import FLOORS, files, read

PAGES = [path for path in files() if path.parts[0] in FLOORS and path.suffix == ".html"]
STATIC = [
    path
    for path in files()
    if path.parts[0] in FLOORS and "static" in path.parts and path.suffix in (".css", ".js", ".svg")
]
NAMESPACES = re.compile(r"https?://www\.w3\.org/(2000/svg|1999/xlink|1999/xhtml)")
RULES = {
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\s(on[a-z]+|hx-on[:a-z-]*)\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    # A link that a person may follow is not something the page loads.
    "outside address": re.compile(
        r"(\b(src|action|srcset|data)|<link[^>]*\shref)\s*=\s*[\"']?\s*(https?:)?//", re.IGNORECASE
    ),
    "unescaped": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


def test_there_are_pages():
    assert PAGES
    assert STATIC


@pytest.mark.parametrize("rule", RULES)
def test_no_page_has(rule):
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in PAGES
        for number, line in enumerate(read(path).splitlines(), 1)
        if RULES[rule].search(line)
    ]
    assert found == []


def test_no_static_file_calls_out():
    outside = re.compile(r"https?://|url\(\s*[\"']?//|@import")
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in STATIC
        for number, line in enumerate(read(path).splitlines(), 1)
        if outside.search(NAMESPACES.sub("", line))
    ]
    assert found == []
