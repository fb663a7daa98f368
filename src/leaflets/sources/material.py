"""Material: all sources of a project, read and parsed.

Takes a project's root; gives its documents, figures, catalogs, templates, facts and
reviews, and tells beside them what cannot be read.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from leaflets.diagnostics import (
    Diagnostic,
    LeafletsError,
    Location,
    Subject,
    about,
    error,
)
from leaflets.paper.colours import foreign
from leaflets.sources.catalogs.catalog import Catalog, read_catalog
from leaflets.sources.catalogs.glossary import Glossary
from leaflets.sources.catalogs.glossary_files import read_glossary
from leaflets.sources.catalogs.template_messages import template_messages
from leaflets.sources.content.document import Document, parse, parse_draft
from leaflets.sources.content.evidence import Evidence, read_evidence
from leaflets.sources.content.family import PATH as FAMILY
from leaflets.sources.content.family import Family, read_family
from leaflets.sources.content.figures import Figure
from leaflets.sources.content.figures import parse as parse_figure
from leaflets.sources.content.keys import label_key
from leaflets.sources.content.markdown import Segment, walk
from leaflets.sources.content.names import Names
from leaflets.sources.content.names_file import PATH as NAMES
from leaflets.sources.content.names_file import read_names
from leaflets.sources.doubts import Doubt, read_doubts
from leaflets.sources.project import PATH, Project, read_project
from leaflets.sources.signatures import (
    Review,
    key_path,
    newest,
    read_review,
    statement_of,
)
from leaflets.sources.snapshot import Sources, read_sources
from leaflets.sources.source_language import refuse_source
from leaflets.sources.ssh import ALLOWED, signer_of

CONTENT = "content/"
GLOSSARY = "locales/glossary.toml"


@dataclass(frozen=True, slots=True)
class Material:
    """All sources, read and parsed; whatever is missing is told beside it."""

    sources: Sources
    project: Project
    evidence: Evidence
    family: Family
    names: Names
    documents: tuple[Document, ...]
    drafts: tuple[Document, ...]
    """Those whose front matter is broken: their words are checked, and no more."""
    figures: Mapping[str, Figure]
    """By path below content/."""
    catalogs: Mapping[str, Catalog]
    """By locale; the source locale has none, and none is read that is not needed."""
    templates: Mapping[str, str]
    template_texts: tuple[tuple[str, Location], ...]
    """What the templates and the family ask for in words, each with its place."""
    reviews: Mapping[tuple[str, str], Review]
    """By locale and leaflet."""
    glossary: Glossary
    doubts: Mapping[str, tuple[Doubt, ...]]
    """By locale: what a native reviewer should look at."""


Skip = Callable[[Project], Collection[str]]


def nothing(project: Project) -> Collection[str]:
    """Skip no locale."""
    return ()


Read = tuple[Sources, tuple[Diagnostic, ...]]
"""A look at all input files, and what could not be read."""


def read_material(
    root: Path, read: Read | None = None, skip: Skip = nothing
) -> tuple[Material, tuple[Diagnostic, ...]]:
    """Read and parse everything; LeafletsError without a usable project file.

    `read` is a look at the files that was taken already; `skip` tells of a project
    which locales nobody needs to look at now.
    """
    sources, found = read or read_sources(root)
    data = sources.files.get(PATH)
    if data is None:
        message = f"there is no {PATH} here"
        hint = "run leaflets in the project's folder, or name it with --project"
        missing = error("project-file", message, Location(PATH), hint)
        raise LeafletsError((*found, missing))
    project, problems = read_project(data)
    if project is None:
        raise LeafletsError((*found, *problems))
    if refused := refuse_source(project, data):
        raise LeafletsError((*found, *problems, refused))
    every = [*found, *problems]
    aside = skip(project)
    evidence, problems = read_evidence(
        (sources.files.get("content/facts.toml", b""), "content/facts.toml"),
        (sources.files.get("content/sources.toml", b""), "content/sources.toml"),
    )
    every.extend(problems)
    family, problems = read_family(sources.files.get(FAMILY))
    every.extend(problems)
    names, problems = read_names(sources.files.get(NAMES, b""), NAMES)
    every.extend(problems)
    drafts: list[Document] = []
    documents = tuple(_documents(sources, every, drafts))
    templates = dict(_texts(sources, every))
    material = Material(
        sources=sources,
        project=project,
        evidence=evidence,
        family=family,
        names=names,
        documents=documents,
        drafts=tuple(drafts),
        figures=dict(_figures(sources, documents, every)),
        catalogs=dict(_catalogs(sources, project, aside, every)),
        templates=templates,
        template_texts=tuple(
            dict((*family.texts, *template_messages(templates))).items()
        ),
        reviews=dict(_reviews(sources, every)),
        glossary=_glossary(sources, every),
        doubts=dict(_doubts(sources, every)),
    )
    return material, tuple(every)


def read_without_catalogs(root: Path) -> tuple[Material, tuple[Diagnostic, ...]]:
    """Read all but the catalogs, for what asks of the project and its leaflets only."""
    return read_material(
        root, skip=lambda project: {locale.name for locale in project.locales}
    )


def _documents(
    sources: Sources, found: list[Diagnostic], drafts: list[Document]
) -> Iterator[Document]:
    """Parse the leaflets, in the family's order; `drafts` takes up the broken ones."""
    documents = []
    for path, data in sources.below(CONTENT, ".md"):
        if not data.lstrip(b"\xef\xbb\xbf").startswith(b"+++") and "EDITORIAL" in path:
            continue
        subject = Subject(leaflet=path.rpartition("/")[2].removesuffix(".md"))
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as problem:
            line = data[: problem.start].count(b"\n") + 1
            hint = "save it with the encoding UTF-8"
            message = "the file is not UTF-8 text"
            place = Location(path, line)
            found.append(error("encoding", message, place, hint, subject=subject))
            continue
        document, problems = parse(text, path)
        found.extend(about(subject, problems))
        if document:
            documents.append(document)
        else:
            drafts.append(parse_draft(text, path))
    yield from sorted(documents, key=lambda one: (one.meta.order, one.meta.id))


def _figures(
    sources: Sources, documents: tuple[Document, ...], found: list[Diagnostic]
) -> Iterator[tuple[str, Figure]]:
    """Parse the figures that the documents name."""
    for document in documents:
        for block in walk(document.blocks):
            if block.kind != "figure":
                continue
            data = sources.files.get(CONTENT + block.name)
            if data is None:
                message = f"there is no figure {block.name}"
                hint = f"put it at {CONTENT}{block.name}"
                problem = error("missing-figure", message, block.location, hint)
                found.extend(about(Subject(leaflet=document.meta.id), [problem]))
                continue
            figure, problems = parse_figure(data, CONTENT + block.name)
            found.extend(problems)
            if figure:
                found.extend(foreign(figure.drawing, figure.path))
                yield block.name, figure


def _catalogs(
    sources: Sources,
    project: Project,
    aside: Collection[str],
    found: list[Diagnostic],
) -> Iterator[tuple[str, Catalog]]:
    """Read the catalog of every locale but the source's, and those set aside."""
    for locale in project.locales:
        if locale.name == project.source_locale or locale.name in aside:
            continue
        path = f"locales/{locale.name}/LC_MESSAGES/messages.po"
        data = sources.files.get(path)
        if data is None:
            message = f"there is no catalog for {locale.name}"
            hint = "run `leaflets update`"
            problem = error("missing-catalog", message, Location(path), hint)
            found.extend(about(Subject(locale=locale.name), [problem]))
            continue
        catalog, problems = read_catalog(data, path, locale.name)
        found.extend(problems)
        yield locale.name, catalog


def _texts(sources: Sources, found: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    """Decode the templates."""
    for path, data in sources.below("templates/", ""):
        try:
            yield path.removeprefix("templates/"), data.decode("utf-8")
        except UnicodeDecodeError:
            message = "the template is not UTF-8 text"
            found.append(error("encoding", message, Location(path)))


def label_segments(name: str, figure: Figure) -> Iterator[Segment]:
    """Give a figure's labels as segments; digits of the drawing are none."""
    for label in figure.labels:
        if not label.number:
            key = label_key(figure.path, label.id)
            comment = f"label in {name}"
            yield Segment(key, "label", label.text, "", comment, label.location)


def material_messages(
    material: Material, documents: Iterable[Document] | None = None
) -> tuple[tuple[str, str], ...]:
    """List (context, text) of every message that leaflets use (all), in order."""
    used = dict.fromkeys(
        (segment.context, segment.text)
        for document in (material.documents if documents is None else documents)
        for segment in segments_of(material, document)
    )
    used.update(dict.fromkeys(("", text) for text, _ in material.template_texts))
    return tuple(used)


def segments_of(material: Material, document: Document) -> Iterator[Segment]:
    """Give all texts of a leaflet: its own, then those of its figures."""
    yield from document.segments
    for block in walk(document.blocks):
        if block.kind == "figure" and block.name in material.figures:
            yield from label_segments(block.name, material.figures[block.name])


def _reviews(
    sources: Sources, found: list[Diagnostic]
) -> Iterator[tuple[tuple[str, str], Review]]:
    """Read who has signed what."""
    for path, data in sources.below("reviews/", ".toml"):
        review, problems = read_review(data, path)
        subject = Subject(leaflet=review.leaflet, locale=review.locale)
        proven, unproven = _proven(sources, review)
        found.extend(about(subject, (*problems, *unproven)))
        yield (review.locale, review.leaflet), proven


def _proven(sources: Sources, review: Review) -> tuple[Review, tuple[Diagnostic, ...]]:
    """Verify the keys' signatures beside a record: of each role, the newest one's."""
    found: list[Diagnostic] = []
    signatures = []
    for signature in review.signatures:
        path = key_path(review.locale, review.leaflet, signature.role)
        data = sources.files.get(path)
        if data is not None and signature is newest(review, signature.role):
            statement = statement_of(signature, review.locale, review.leaflet)
            allowed = sources.files.get(ALLOWED)
            signer, problems = _signer_of(statement, data, allowed, Location(path))
            found.extend(problems)
            signature = replace(signature, signer=signer, broken=bool(problems))
        signatures.append(signature)
    return replace(review, signatures=tuple(signatures)), tuple(found)


_signer_of = lru_cache(maxsize=10_000)(signer_of)
"""The same question has the same answer as long as a desk runs."""


def _doubts(
    sources: Sources, found: list[Diagnostic]
) -> Iterator[tuple[str, tuple[Doubt, ...]]]:
    """Read what the makers of the drafts were least sure of."""
    for path, data in sources.below("locales/", "/doubts.toml"):
        doubts, problems = read_doubts(data, path)
        locale = path.split("/")[1]
        found.extend(about(Subject(locale=locale), problems))
        yield locale, doubts


def _glossary(sources: Sources, found: list[Diagnostic]) -> Glossary:
    """Read the terms; a project may have none."""
    data = sources.files.get(GLOSSARY)
    if data is None:
        return Glossary(())
    glossary, problems = read_glossary(data, GLOSSARY)
    found.extend(problems)
    return glossary
