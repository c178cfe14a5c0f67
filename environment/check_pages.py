"""Opens every page of the site from its file in headless Chromium: pictures load, equations are set,
explorers react, links lead somewhere, the console stays quiet, and nothing is asked of another machine.

usage: check_pages.py [--screenshots FOLDER] PAGE...
"""

import argparse
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlparse

from browser import Browser, slider_moves_the_picture

LINKS = "return [...document.querySelectorAll('a[href]')].map(a => a.href)"
EQUATIONS = "return document.querySelectorAll('mjx-container').length"
UNSET = (
    "return [...document.querySelectorAll('main .text_cell_render')].map(c => c.innerText)"
    ".filter(t => /\\$[^$\\n]+\\$|\\\\begin\\{/.test(t)).length"
)
FAILED = "return document.querySelectorAll('mjx-merror, [data-mml-node=merror]').length"
READY = """
const done = arguments[arguments.length - 1];
if (window.MathJax && MathJax.startup) { MathJax.startup.promise.then(() => done(true)); } else { done(false); }
"""


def dead_links(driver, page):
    """Links to files that are not there, and to places that the page itself has not."""
    for url in driver.execute_script(LINKS):
        parts = urlparse(url)
        if parts.scheme != "file":
            continue
        target = Path(unquote(parts.path))
        if not target.is_file():
            yield f"the link to {target.name} leads nowhere"
        elif target == page and parts.fragment:
            anchor = unquote(parts.fragment)
            if not driver.execute_script("return document.getElementById(arguments[0])", anchor):
                yield f"the link to #{anchor} leads nowhere"


def problems(browser, page):
    """All that is wrong with one page, as text."""
    driver = browser.driver
    driver.get(page.as_uri())
    if not (page.parent / "mathjax").is_dir() or not driver.execute_async_script(READY):
        time.sleep(0.5)
    for source in browser.broken_pictures():
        yield f"a picture does not load: {source}"
    if driver.execute_script(UNSET) or driver.execute_script(FAILED):
        yield "an equation is not set"
    yield from dead_links(driver, page)
    if driver.find_elements("css selector", ".disentangle-explorer input[type=range]"):
        if not slider_moves_the_picture(driver):
            yield "the explorer's slider does not move its picture"
    search = driver.find_elements("id", "search")
    if search:
        search[0].send_keys(driver.find_element("tag name", "h1").text.split()[0])
        if not driver.find_elements("css selector", "main .found"):
            yield "the search does not find the title"
        search[0].clear()
    for message in browser.errors():
        yield f"the console says: {message}"
    for url in browser.requests():
        yield f"it asks another machine: {url}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--screenshots", type=Path)
    parser.add_argument("pages", type=Path, nargs="+")
    arguments = parser.parse_args()
    found = 0
    with Browser() as browser:
        for page in map(Path.resolve, arguments.pages):
            for problem in problems(browser, page):
                print(f"{page.name}: {problem}", file=sys.stderr)
                found += 1
            if arguments.screenshots:
                for dark in (False, True):
                    browser.dark(dark)
                    browser.driver.get(page.as_uri())
                    time.sleep(1)
                    name = page.stem + ("-dark" if dark else "") + ".png"
                    browser.screenshot(arguments.screenshots / name, height=1600)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
