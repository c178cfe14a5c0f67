"""Finds numbers in a notebook's text that none of its outputs has.

What counts is a number with a decimal point, outside of code, equations, links and references such as
"section 4.2". It has a source if an output or a cell's code holds a number that rounds to it. A number
from elsewhere is named, with its source, in a comment of the same cell:

    <!-- not from an output: 0.80, 0.72 (lib/benchmarks/contrast.csv) -->
"""

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

NUMBER = re.compile(r"(?<![\w.,])[-\u2212]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])|(?<![\w.])[-\u2212]?\d+\.\d+(?:[eE][-+]?\d+)?(?![\w])")
ANY_NUMBER = re.compile(r"[-\u2212]?\d[\d,_]*(?:\.\d+)?(?:[eE][-+]?\d+)?")
NO_PROSE = re.compile(
    r"```.*?```|~~~.*?~~~|`[^`]*`"  # code
    r"|\$\$.*?\$\$|\$[^$]*\$|\\\(.*?\\\)|\\\[.*?\\\]"  # equations
    r"|(?<=\])\([^)]*\)|<[^>]*>|https?://\S+",  # links and HTML
    re.DOTALL,
)
REFERENCE = re.compile(
    r"(?:\b(?:sections?|appendix|appendices|figures?|tables?|equations?|algorithms?|theorems?|lemma|"
    r"definition|chapter|version|JDK|Java|PyTorch|CC|v)|\u00a7)\.?\s*[A-Z]?\d+(?:\.\d+)*"
    r"(?:(?:\s*(?:,|and|to|\u2013)\s*)\d+(?:\.\d+)+)*",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"<!--\s*not from an output:(.*?)-->", re.DOTALL)


def numbers_without_source(notebook):
    """One line of text per number of the prose that nothing in the notebook has computed."""
    known = set()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            known.update(_values(cell.source))
            known.update(value for text in _texts(cell) for value in _values(text))
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            elsewhere = {
                value for text in ELSEWHERE.findall(cell.source) for value in _values(text)
            }
            for text in prose_numbers(cell.source):
                if not _has(known, text) and _value(text) not in elsewhere:
                    yield f"the text has {text}, which no output has"


def prose_numbers(source):
    """The numbers of a text cell that ask for a source."""
    plain = REFERENCE.sub(" ", NO_PROSE.sub(" ", ELSEWHERE.sub(" ", source)))
    return [text for text in NUMBER.findall(plain) if "." in text]


def _texts(cell):
    for output in cell.outputs:
        if output.output_type == "stream":
            yield output.text
        for kind, data in output.get("data", {}).items():
            if kind == "text/plain":
                yield data
            elif kind == "text/html":
                yield re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", data, flags=re.DOTALL)


def _value(text):
    return Decimal(text.replace(",", "").replace("_", "").replace("\u2212", "-"))


def _values(text):
    return {_value(number) for number in ANY_NUMBER.findall(text)}


def _has(known, text):
    """Whether a known number, rounded like this one, is this one."""
    value = abs(_value(text))
    unit = Decimal(1).scaleb(value.as_tuple().exponent)
    for other in known:
        for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP):
            if abs(other) < Decimal(10) ** 15 and abs(other).quantize(unit, rounding) == value:
                return True
    return False
