"""What is looked for on every page in a browser: accessibility faults, width, the road of the Tab key, weight, ink."""

from __future__ import annotations

import io
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
VIOLATIONS = {"resultTypes": ["violations"]}
#: Everything that the Tab key should reach, and a listener that notes what it reaches and how that looks.
PREPARE = """() => {
  const shown = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0;
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
  const wanted = new Set(all.filter(shown));
  const groups = new Map();
  for (const e of [...wanted]) {
    if (e.type !== 'radio') continue;
    const key = (e.form ? [...document.forms].indexOf(e.form) : '') + e.name;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(e);
    wanted.delete(e);
  }
  window.walk = {wanted, groups, seen: new Set(), faint: [], order: []};
  document.addEventListener('focusin', event => {
    const e = event.target, style = getComputedStyle(e);
    walk.seen.add(e);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    if (!ring && style.boxShadow === 'none' && e.tagName !== 'MAIN') walk.faint.push(e.outerHTML.slice(0, 120));
  });
  const dates = all.filter(e => ['date', 'file', 'number'].includes(e.type)).length;
  const scrolled = [...document.querySelectorAll('[tabindex="0"], .scroll')].length;
  return wanted.size + groups.size + 4 * dates + scrolled + 12;
}"""
MISSED = """() => [
  ...[...walk.wanted].filter(e => !walk.seen.has(e)),
  ...[...walk.groups.values()].filter(group => !group.some(e => walk.seen.has(e))).map(group => group[0]),
].map(e => e.outerHTML.slice(0, 120))"""
ODD = """() => [...document.querySelectorAll(
  '[tabindex]:not([tabindex="0"]):not([tabindex="-1"]), [role=button]:not(button), [onclick], a:not([href]):not([aria-disabled])'
)].map(e => e.outerHTML.slice(0, 120))"""
WEIGHT = """() => [
  ...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource'),
].filter(e => e.initiatorType !== 'img').reduce((sum, e) => sum + e.decodedBodySize, 0)"""


def axe_faults(page: Page) -> list[str]:
    """List the serious and critical accessibility faults of a page as it stands now."""
    if page.evaluate("typeof axe") == "undefined":
        found = Axe().run(page, options=VIOLATIONS).response["violations"]
    else:
        found = page.evaluate("options => axe.run(options)", VIOLATIONS)["violations"]
    return [
        f"{fault['impact']} {fault['id']}: {node['html'][:120]}"
        for fault in found if fault["impact"] in GRAVE for node in fault["nodes"]
    ]  # fmt: skip


def keyboard_faults(page: Page) -> list[str]:
    """Press Tab through the whole page: list what it never reaches and what shows no focus."""
    presses = page.evaluate(PREPARE)
    page.evaluate("document.activeElement && document.activeElement.blur()")
    for n in range(presses):
        page.keyboard.press("Tab")
        if n % 20 == 19 and not page.evaluate(MISSED):
            break
    faults = [f"never reached by Tab: {html}" for html in page.evaluate(MISSED)]
    faults += [f"no visible focus: {html}" for html in page.evaluate("walk.faint")]
    return faults + [f"not for the keyboard: {html}" for html in page.evaluate(ODD)]


def wide(page: Page) -> list[str]:
    """Tell whether a page must be scrolled sideways."""
    width = page.evaluate("document.documentElement.scrollWidth")
    held = page.viewport_size
    assert held
    return [f"{width} wide at {held['width']}"] if width > held["width"] else []


def heavy(page: Page, most: int = 200 * 1024) -> list[str]:
    """Tell whether page, style sheet and scripts together weigh too much; pictures of letters are apart."""
    weight = page.evaluate(WEIGHT)
    return [f"weighs {weight} bytes"] if weight > most else []


def ink(page: Page) -> float:
    """Return which share of a picture of the page differs from its ground."""
    picture: Any = Image.open(io.BytesIO(page.screenshot())).convert("L")
    counts = picture.histogram()
    return 1 - max(counts) / sum(counts)
