"""Writes the notebooks, READMEs and tables as one static site. Called by environment/site.

nbconvert turns cells into HTML and Jinja fills the pages; both come with Jupyter. Every page works from a
file and asks no other machine for anything.
"""

import argparse
import base64
import csv
import html
import os
import re
import shutil
import sys
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from pygments.formatters import HtmlFormatter
from pygments.util import ClassNotFound

HERE = Path(__file__).resolve().parent
TEXTS = {"lib/README.md": "library", "datasets/README.md": "datasets", "CHANGES.md": "changes"}
TAG = re.compile(r"<(a|img)\b([^>]*?)\b(href|src)=\"([^\"]*)\"([^>]*)>")
HEADING = re.compile(r"<h2[^>]*\bid=\"([^\"]+)\"[^>]*>(.*?)</h2>", re.DOTALL)
OUTSIDE = re.compile(r"^(?:[a-z]+:|//|#)", re.IGNORECASE)
NO_ALTERNATIVE = "No description has been provided for this image"


def slugs(body):
    """Names headings as the hosts of such files do, so that one link serves both: small letters, no punctuation."""
    for name in re.findall(r'<h[1-6] id="([^"]*)"', body):
        slug = re.sub(r"[^\w-]", "", name.lower())
        body = body.replace(f'id="{name}"', f'id="{slug}"').replace(f'href="#{name}"', f'href="#{slug}"')
    return body


class Failure(Exception):
    """What keeps the site from being written, in words for the terminal."""


class Notebook:
    """One notebook as a page: its title, a sentence, a picture, its cells as HTML."""

    def __init__(self, path, readme):
        self.name = path.stem
        self.source = nbformat.read(path, as_version=4)
        text = [c.source for c in self.source.cells if c.cell_type == "markdown"]
        first = text[0] if text else ""
        self.title = re.sub(r"^#\s+", "", first.splitlines()[0]) if first else self.name
        sentence = re.sub(r"[*_`]", "", self.row(readme) or self.first_sentence(first))
        self.sentence = sentence[:1].upper() + sentence[1:].rstrip(".") + "."

    def row(self, readme):
        """What the README's table of notebooks says of this one; empty when it says nothing."""
        for line in readme.splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if line.startswith("|") and f"notebooks/{self.name}.ipynb" in line:
                return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", cells[-1])
        return ""

    @staticmethod
    def first_sentence(text):
        paragraphs = [
            part
            for part in re.split(r"\n\s*\n", text)[1:]
            if not part.startswith(("#", "!", "*", "|"))
        ]
        plain = " ".join(paragraphs[0].split()) if paragraphs else ""
        return re.split(r"(?<=[.!?])\s", plain)[0]

    def thumbnail(self, folder):
        """The README's picture of this notebook, or else the first that a cell shows; None without one."""
        picture = folder / f"{self.name}.png"
        if picture.is_file():
            return picture.read_bytes()
        for cell in self.source.cells:
            for output in cell.get("outputs", []):
                if "image/png" in output.get("data", {}):
                    return base64.b64decode(output["data"]["image/png"])
        return None

    def body(self):
        exporter = HTMLExporter(
            template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True
        )
        body, _ = exporter.from_notebook_node(self.source)
        return body.replace(f'alt="{NO_ALTERNATIVE}"', 'alt="output of the cell above"')


class Site:
    """Collects pages and the files that they show."""

    def __init__(self, arguments):
        self.root = arguments.root
        self.out = arguments.out
        self.api = arguments.api
        self.templates = Environment(loader=FileSystemLoader(HERE / "pages"), autoescape=True)
        readme = (self.root / "README.md").read_text(encoding="utf-8")
        paths = sorted(arguments.notebooks.glob("*.ipynb"))
        self.notebooks = [Notebook(path, readme) for path in paths]
        if not self.notebooks:
            raise Failure(f"there are no notebooks in {arguments.notebooks}")

    def page(self, name, title, body, source, before=None, behind=None):
        """Writes one page, whose body was made from a file of the checkout."""
        body = slugs(self.links(body, source))
        contents = [(a, re.sub(r"<a class=\"anchor-link\".*?</a>|<[^>]*>", "", t)) for a, t in HEADING.findall(body)]
        text = self.templates.get_template("page.html").render(
            title=title, body=body, contents=contents, before=before, behind=behind,
            api=bool(self.api), notebooks=self.notebooks, name=name,
        )  # fmt: skip
        (self.out / f"{name}.html").write_text(text, encoding="utf-8")

    def links(self, body, source):
        """Points links and pictures at pages of the site; a link to what is not there becomes text."""

        def point(match):
            tag, before, attribute, target, behind = match.groups()
            if OUTSIDE.match(target):
                if tag == "img" and not target.startswith("data:"):
                    raise Failure(f"{source} shows {target}, which is not in the checkout")
                return match.group(0)
            place = self.place(html.unescape(target), (self.root / source).parent)
            if place is None:
                if tag == "img":
                    raise Failure(f"{source} shows {target}, which is missing")
                return f"<{tag}{before}{behind}>"
            return f'<{tag}{before}{attribute}="{html.escape(place)}"{behind}>'

        return TAG.sub(point, body)

    def place(self, target, folder):
        """Where the site has what a relative link names; None for what it has not."""
        path, _, anchor = target.partition("#")
        file = Path(os.path.normpath(folder / path))
        if not file.exists() or not file.is_relative_to(self.root):
            return None
        name = file.relative_to(self.root).as_posix()
        anchor = "#" + anchor if anchor else ""
        if name in TEXTS:
            return f"{TEXTS[name]}.html{anchor}"
        if name == "README.md":
            return "index.html"
        if file.suffix == ".ipynb" and any(n.name == file.stem for n in self.notebooks):
            return f"{file.stem}.html{anchor}"
        if file.suffix == ".csv" and name.startswith("lib/benchmarks/"):
            return f"tables.html#{file.stem}"
        if file.suffix in (".png", ".gif", ".svg", ".jpg"):
            return self.keep(name, file.read_bytes())
        return self.api_place(name)

    def api_place(self, name):
        code = re.fullmatch(r"lib/src/main/java/(.+?)(\.java)?", name)
        if not code or not self.api:
            return None
        page = f"{code[1]}.html" if code[2] else f"{code[1]}/package-summary.html"
        return f"api/{page}" if (self.api / page).is_file() else None

    def keep(self, name, content):
        file = self.out / "files" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return f"files/{name}"

    def write(self):
        if self.api:
            shutil.copytree(self.api, self.out / "api")
        for before, notebook, behind in zip(
            [None, *self.notebooks], self.notebooks, [*self.notebooks[1:], None]
        ):
            source = f"notebooks/{notebook.name}.ipynb"
            self.page(notebook.name, notebook.title, notebook.body(), source, before, behind)
        for source, name in TEXTS.items():
            text = (self.root / source).read_text(encoding="utf-8")
            # GitHub takes the backslash off a bar in a table's code, mistune does not.
            body = re.sub(r"<code>.*?</code>", unescape_bars, markdown2html_mistune(text))
            self.page(name, text.splitlines()[0].lstrip("# "), body, source)
        self.page("tables", "Tables", self.tables(), "lib/benchmarks/tables")
        for notebook in self.notebooks:
            picture = notebook.thumbnail(self.root / "notebooks/pictures")
            notebook.picture = self.keep(f"thumbnails/{notebook.name}.png", picture) if picture else None
        index = self.templates.get_template("index.html")
        text = index.render(notebooks=self.notebooks, api=bool(self.api), name="index")
        (self.out / "index.html").write_text(text, encoding="utf-8")

    def tables(self):
        """The committed results as tables, numbers as they stand in the files."""
        parts = ["<h1>Tables</h1><p>What <code>environment/bench</code> has measured and the repository keeps.</p>"]
        for file in sorted((self.root / "lib/benchmarks").glob("*.csv")):
            with open(file, newline="", encoding="utf-8") as lines:
                head, *rows = csv.reader(lines)
            parts.append(f'<h2 id="{file.stem}">{file.stem}</h2><table>')
            parts.append("<tr>" + "".join(f"<th>{html.escape(h.replace('_', ' '))}</th>" for h in head) + "</tr>")
            for row in rows:
                parts.append("<tr>" + "".join(f"<td>{html.escape(v)}</td>" for v in row) + "</tr>")
            parts.append("</table>")
        return "\n".join(parts)


def unescape_bars(match):
    return match.group(0).replace("\\|", "|")


def highlighting():
    """The colours of code, on light pages and on dark ones."""
    try:
        dark = HtmlFormatter(style="github-dark")
    except ClassNotFound:
        dark = HtmlFormatter(style="monokai")
    light = HtmlFormatter(style="default").get_style_defs(".highlight")
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark.get_style_defs('.highlight')}\n}}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--notebooks", type=Path, required=True)
    parser.add_argument("--mathjax", type=Path, required=True)
    parser.add_argument("--api", type=lambda text: Path(text) if text else None)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    try:
        site = Site(arguments)
        shutil.rmtree(arguments.out, ignore_errors=True)
        (arguments.out / "mathjax").mkdir(parents=True)
        shutil.copy(arguments.mathjax / "es5" / "tex-svg.js", arguments.out / "mathjax")
        shutil.copy(arguments.mathjax / "LICENSE", arguments.out / "mathjax")
        style = (HERE / "pages" / "style.css").read_text(encoding="utf-8")
        (arguments.out / "style.css").write_text(highlighting() + style, encoding="utf-8")
        shutil.copy(HERE / "pages" / "page.js", arguments.out)
        site.write()
    except (Failure, OSError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    print(f"site of {len(site.notebooks)} notebooks: {arguments.out / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
