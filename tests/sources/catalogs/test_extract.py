"""Extraction: `leaflets extract` and plain pybabel find the same messages."""

import io
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from leaflets.diagnostics import LeafletsError
from leaflets.sources.catalogs.catalog import new_catalog, write_catalog
from leaflets.sources.catalogs.extract import extract_all, figure, markdown
from leaflets.sources.catalogs.merge import update as merge
from leaflets.sources.snapshot import read_sources
from tiny import FACTS, FIGURE, LEAFLET

update = partial(merge, source_locale="en")

ROOT = Path(__file__).resolve().parents[3]
MAPPING = """
[[tool.babel.mappings]]
method = "leaflets_markdown"
pattern = "content/**.md"
[[tool.babel.mappings]]
method = "leaflets_figure"
pattern = "content/figures/**.svg"
[[tool.babel.mappings]]
method = "jinja2"
pattern = "templates/**.html"
"""
FILES = {
    "pyproject.toml": MAPPING,
    "content/b.md": LEAFLET.replace("A tiny leaflet", "Second").replace(
        '"tiny"\norder = 1', '"b"\norder = 2'
    ),
    "content/c.md": LEAFLET.replace("A tiny leaflet", "First").replace('"tiny"', '"c"'),
    "content/EDITORIAL.md": "# Not a leaflet\n\nWords for authors.\n",
    "content/facts.toml": FACTS,
    "content/figures/box.svg": FIGURE,
    "templates/page.html": '{{ _("Page") }}{{ pgettext("verb", "Print") }}',
    "notes.md": LEAFLET,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write two leaflets, a figure and a template."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def extracted(root: Path, **changes: str) -> dict[str, tuple[str, ...]]:
    """Extract what was written; the comments by text, in order."""
    files = {name: text.encode() for name, text in (FILES | changes).items()}
    source = extract_all(files, root)
    return {one.text: one.comments for one in source.messages}


def stream(text: str, name: str) -> io.BytesIO:
    """Make a file in memory that has a name."""
    made = io.BytesIO(text.encode())
    made.name = name
    return made


def test_comments_say_where_a_text_stands(root: Path) -> None:
    """A translator learns leaflet, paragraph, kind and value of placeholders."""
    found = extracted(root)
    relapse = "A relapse lasts more than {hours} hours. The MIST study asked {people} "
    comments = found[relapse + "people."]
    assert comments[0].startswith("First ¶ 3")
    assert "{hours} = 24" in comments
    assert "{people} = 2.8 million" in comments
    assert any("list item 2" in one for one in found["You cannot swallow."])
    (label,) = found["A box to look at"]
    assert label.startswith("label in figures/box.svg: room for about ")


def test_messages_come_in_the_order_of_the_family(root: Path) -> None:
    """Leaflets by their order, then figures, then templates."""
    found = list(extracted(root))
    assert found[0] == "First"
    assert found.index("First") < found.index("Second") < found.index("Page")
    assert found.index("A box to look at") < found.index("Page")
    assert "" not in found
    assert "Words for authors." not in found


def test_a_text_in_two_places_is_one_message(root: Path) -> None:
    """It has both references, and the comments of both."""
    files = {name: text.encode() for name, text in FILES.items()}
    message = extract_all(files, root).lookup("", "In short")
    assert message
    assert message.references == ("content/c.md", "content/b.md")
    assert len(message.comments) == 2


def test_contexts_and_flags(root: Path) -> None:
    """`ctx` and pgettext give a context; placeholders the flag of their format."""
    body = (
        FILES["content/c.md"]
        .replace("Much is known.", "Much of {hours} is known.")
        .replace("More is not known.", '{ctx="science"}\nMore is not known.')
    )
    files = {k: v.encode() for k, v in (FILES | {"content/c.md": body}).items()}
    source = extract_all(files, root)
    assert source.lookup("verb", "Print")
    assert source.lookup("", "Print") is None
    message = source.lookup("", "Much of {hours} is known.")
    assert message
    assert message.flags == ("python-brace-format",)
    plain = source.lookup("", "Page")
    assert plain
    assert plain.flags == ()


def test_broken_facts_stop_nothing(root: Path) -> None:
    """Values are a help; without them the texts are there all the same."""
    whole = list(extracted(root))
    (root / "content" / "facts.toml").write_bytes(b"\xff[")
    assert list(extracted(root)) == whole
    (root / "content" / "facts.toml").unlink()
    found = extracted(root)
    assert list(found) == whole
    assert not any("=" in one for comments in found.values() for one in comments)


@pytest.mark.parametrize("text", ["", "+++\n", "+++\nid = 1\n+++\n", "# x", "\0"])
def test_what_is_no_leaflet_has_no_texts(text: str) -> None:
    """Broken front matter is told by check; extraction goes on."""
    assert list(markdown(stream(text, "content/x.md"), (), (), {})) == []


@pytest.mark.parametrize("text", ["", "<svg", "<html/>", "\0"])
def test_what_is_no_drawing_has_no_labels(text: str) -> None:
    """A broken figure is told by check; extraction goes on."""
    assert list(figure(stream(text, "content/figures/x.svg"), (), (), {})) == []


def test_bytes_that_are_no_text_are_no_leaflet() -> None:
    """Another encoding is told by check as well; a file needs no name."""
    assert list(markdown(io.BytesIO(b"+++\n\xff"), (), (), {})) == []
    (found,) = figure(io.BytesIO(FIGURE.encode()), (), (), {})
    assert found[2] == "A box to look at"


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("content/c.md", "+++\nid = 3\n+++\n", "front-matter"),
        ("content/figures/box.svg", "<svg", "broken-figure"),
    ],
)
def test_a_broken_source_gives_no_catalog(
    root: Path, path: str, text: str, code: str
) -> None:
    """Texts that cannot be read are not gone."""
    with pytest.raises(LeafletsError) as caught:
        extracted(root, **{path: text})
    assert caught.value.diagnostics[0].code == code


def test_a_broken_template_gives_no_catalog(root: Path) -> None:
    """Its messages would be taken for gone, and their translations retire."""
    with pytest.raises(LeafletsError) as caught:
        extracted(root, **{"templates/page.html": '{{ _("Page" }}'})
    assert caught.value.diagnostics[0].code == "broken-template"


@pytest.mark.parametrize("text", ["", "[tool", "[tool.babel]\nmappings = 3"])
def test_a_project_without_mapping_gives_no_catalog(root: Path, text: str) -> None:
    """Without the mapping nothing would be found, and all would retire."""
    with pytest.raises(LeafletsError) as caught:
        extracted(root, **{"pyproject.toml": text})
    assert caught.value.diagnostics[0].code == "project-file"


def run(root: Path, *arguments: str) -> None:
    """Run pybabel as a person would."""
    command = [sys.executable, "-m", "babel.messages.frontend", *arguments]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("pattern", "method", "words"),
    [
        ("content/**.md", "os:system", 'no texts are extracted by "os:system"'),
        ("content/**.md", "python", "no texts are extracted by"),
        ("a" * 201, "ignore", "is no pattern of paths"),
        ("**/**/**.md", "ignore", "is no pattern of paths"),
    ],
)
def test_a_mapping_calls_our_extractors_only(
    root: Path, pattern: str, method: str, words: str
) -> None:
    """A project file runs no function, and no search without end."""
    table = f'[[tool.babel.mappings]]\npattern = "{pattern}"\nmethod = "{method}"\n'
    with pytest.raises(LeafletsError, match=words):
        extracted(root, **{"pyproject.toml": table})


@pytest.mark.parametrize("pattern", ["a" * 200, "**/**.md"])
def test_a_long_pattern_is_read(root: Path, pattern: str) -> None:
    """As long as the limit; what is ignored has no texts."""
    table = f'[[tool.babel.mappings]]\npattern = "{pattern}"\nmethod = "ignore"\n'
    assert extracted(root, **{"pyproject.toml": table}) == {}


def test_pybabel_finds_the_same(root: Path) -> None:
    """`pybabel extract`, `init` and `update` work on the repository as it is."""
    run(root, "extract", "-F", "pyproject.toml", "--no-location", "-o", "m.pot", ".")
    with (root / "m.pot").open("rb") as file:
        theirs = {(one.context or "", one.id) for one in read_po(file) if one.id}
    sources, _ = read_sources(root)
    # What the stock brings is no file of the project, and pybabel cannot see it.
    own = {path: data for path, data in sources.files.items() if (root / path).exists()}
    ours = extract_all(own, root)
    assert theirs == {one.key for one in ours.messages}
    data = write_catalog(update(new_catalog("es", "es.po"), ours))
    (root / "es.po").write_bytes(data)
    run(root, "update", "-i", "m.pot", "-o", "es.po", "-l", "es", "--no-wrap")
    with (root / "es.po").open("rb") as file:
        merged = read_po(file, abort_invalid=True)
    assert {(one.context or "", one.id) for one in merged if one.id} == theirs


def test_the_project_itself_passes_gettext(tmp_path: Path) -> None:
    """The project's own source catalog is extracted whole and msgfmt has no word."""
    sources, _ = read_sources(ROOT)
    source = extract_all(sources.files, ROOT)
    assert len(source.messages) > 100
    tool = shutil.which("msgfmt")
    if tool is None:
        assert "CI" not in os.environ, "`make test` installs gettext"
        pytest.skip("gettext is not installed")
    path = tmp_path / "de.po"
    path.write_bytes(write_catalog(update(new_catalog("de", "de.po"), source)))
    made = subprocess.run(
        [tool, "-c", "-o", "/dev/null", str(path)], capture_output=True, check=True
    )
    assert made.stderr == b""


def test_labels_say_how_much_room_there_is(tiny: Path) -> None:
    """A translator sees the lines and letters of the box that a label stands in."""
    sources, _ = read_sources(tiny)
    made = {one.text: one for one in extract_all(sources.files, tiny).messages}
    assert made["A box to look at"].comments == (
        "label in figures/box.svg: room for about 4 lines of 27 letters",
    )
    assert made["A box to look at"].flags == ()


def test_flags_for_weblate_are_written_on_request(tiny: Path) -> None:
    """With `weblate = true`: placeholders by name, and the box in pixels and lines."""
    path = tiny / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('source = "en"', 'source = "en"\nweblate = true'), encoding="utf-8"
    )
    sources, _ = read_sources(tiny)
    made = {one.text: one for one in extract_all(sources.files, tiny).messages}
    assert made["A box to look at"].flags == ("font-size:16", "max-size:211:4")
    (relapse,) = [one for text, one in made.items() if text.startswith("A relapse")]
    assert relapse.flags == ("placeholders:{hours}:{people}", "python-brace-format")
