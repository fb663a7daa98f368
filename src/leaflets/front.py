"""The front half: always whole, from the project's files to compositions.

Takes a project's root; gives every target's composition, or the reason why it
has none.  All findings are told every time; what this half costs is little.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from leaflets.blocks import Segment, walk
from leaflets.catalog import Catalog, read_catalog
from leaflets.checks.messages import check_catalog
from leaflets.checks.wording import check_facts_used, check_wording
from leaflets.compose import compose, environment, template_messages
from leaflets.composition import Composition, Target
from leaflets.content import Document, parse
from leaflets.diagnostics import (
    Diagnostic,
    LeafletsError,
    Location,
    Severity,
    error,
    gather,
    has_errors,
)
from leaflets.facts import Evidence, read_evidence
from leaflets.figures import Figure, mirror
from leaflets.figures import parse as parse_figure
from leaflets.locales import Locale
from leaflets.localize import Words, localize
from leaflets.project import PATH, Project, read_project
from leaflets.sources import Sources, read_sources
from leaflets.views import Localized, label_key
from leaflets.waivers import apply_waivers

CONTENT = "content/"


@dataclass(frozen=True, slots=True)
class Material:
    """All sources, read and parsed; whatever is missing is told beside it."""

    sources: Sources
    project: Project
    evidence: Evidence
    documents: tuple[Document, ...]
    figures: Mapping[str, Figure]
    """By path below content/."""
    catalogs: Mapping[str, Catalog]
    """By locale; the source locale has none."""
    templates: Mapping[str, str]
    template_texts: tuple[tuple[str, Location], ...]
    """What the templates ask for in words, each with its place."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the front half gives."""

    material: Material
    compositions: tuple[Composition, ...]
    blocked: Mapping[Target, tuple[Diagnostic, ...]]
    """Targets that have no composition, and the errors that keep them from it."""
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which targets are asked for; an empty tuple means all."""

    leaflets: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()

    def takes(self, target: Target) -> bool:
        """Tell whether a target is asked for."""
        return all(
            not wanted or value in wanted
            for wanted, value in (
                (self.leaflets, target.leaflet),
                (self.locales, target.locale),
                (self.editions, target.edition),
                (self.papers, target.paper),
            )
        )


def read_material(root: Path) -> tuple[Material, tuple[Diagnostic, ...]]:
    """Read and parse everything; LeafletsError without a usable project file."""
    sources, found = read_sources(root)
    data = sources.files.get(PATH)
    if data is None:
        message = f"there is no {PATH} here"
        hint = "run leaflets in the project's folder, or name it with --project"
        missing = error("project-file", message, Location(PATH), hint)
        raise LeafletsError((*found, missing))
    project, problems = read_project(data)
    if project is None:
        raise LeafletsError((*found, *problems))
    every = [*found, *problems]
    evidence, problems = read_evidence(
        (sources.files.get("content/facts.toml", b""), "content/facts.toml"),
        (sources.files.get("content/sources.toml", b""), "content/sources.toml"),
    )
    every.extend(problems)
    documents = tuple(_documents(sources, every))
    templates = dict(_texts(sources, every))
    material = Material(
        sources,
        project,
        evidence,
        documents,
        dict(_figures(sources, documents, every)),
        dict(_catalogs(sources, project, every)),
        templates,
        template_messages(templates),
    )
    return material, tuple(every)


def _documents(sources: Sources, found: list[Diagnostic]) -> Iterator[Document]:
    """Parse the leaflets, in the family's order."""
    documents = []
    for path, data in sources.below(CONTENT, ".md"):
        if not data.lstrip(b"\xef\xbb\xbf").startswith(b"+++") and "EDITORIAL" in path:
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as problem:
            line = data[: problem.start].count(b"\n") + 1
            hint = "save it with the encoding UTF-8"
            message = "the file is not UTF-8 text"
            found.append(error("encoding", message, Location(path, line), hint))
            continue
        document, problems = parse(text, path)
        found.extend(problems)
        if document:
            documents.append(document)
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
                found.append(error("missing-figure", message, block.location, hint))
                continue
            figure, problems = parse_figure(data, CONTENT + block.name)
            found.extend(problems)
            if figure:
                yield block.name, figure


def _catalogs(
    sources: Sources, project: Project, found: list[Diagnostic]
) -> Iterator[tuple[str, Catalog]]:
    """Read the catalog of every locale but the source's."""
    for locale in project.locales:
        if locale.name == project.source_locale:
            continue
        path = f"locales/{locale.name}/LC_MESSAGES/messages.po"
        data = sources.files.get(path)
        if data is None:
            message = f"there is no catalog for {locale.name}"
            hint = "run `leaflets update`"
            found.append(error("missing-catalog", message, Location(path), hint))
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


def look(root: Path) -> Front:
    """Run the front half: every finding, and a composition for each sound target."""
    material, read = read_material(root)
    found = list(read)
    project, evidence = material.project, material.evidence
    for document in material.documents:
        found.extend(check_wording(document, evidence))
    found.extend(check_facts_used(material.documents, evidence))
    for catalog in material.catalogs.values():
        found.extend(check_catalog(catalog, material_messages(material)))
    found = list(apply_waivers(found, project.waivers, material.sources.today))
    compositions: list[Composition] = []
    blocked: dict[Target, tuple[Diagnostic, ...]] = {}
    templates = environment(material.templates)
    family = tuple(one.meta.id for one in material.documents)
    every = list(found)
    common = _common_errors(found)
    for locale in project.locales:
        for document in material.documents:
            targets = [
                (Target(document.meta.id, locale.name, edition.name, paper), edition)
                for edition in project.editions
                for paper in edition.papers
            ]
            localized, gaps = localize_document(material, document, locale)
            gaps = tuple(apply_waivers(gaps, project.waivers, material.sources.today))
            every.extend(gaps)
            errors = (
                *common,
                *_errors_of(found, document, localized, locale),
                *(one for one in gaps if one.severity is Severity.ERROR),
            )
            for target, edition in targets:
                if localized is None or errors:
                    blocked[target] = gather(errors)
                    continue
                try:
                    composition, problems = compose(
                        localized,
                        edition,
                        target.paper,
                        project=project,
                        evidence=evidence,
                        family=family,
                        templates=templates,
                        today=document.meta.reviewed or document.meta.written,
                    )
                except LeafletsError as problem:
                    composition, problems = None, problem.diagnostics
                every.extend(problems)
                if composition is None or has_errors(problems):
                    blocked[target] = problems
                else:
                    compositions.append(composition)
    return Front(material, tuple(compositions), blocked, gather(every))


def _common_errors(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Pick the errors that no leaflet may be printed with."""
    shared = (
        PATH,
        "content/facts.toml",
        "content/sources.toml",
        "templates",
        "environment",
    )
    return tuple(
        one
        for one in found
        if one.severity is Severity.ERROR and one.location.path.startswith(shared)
    )


def _errors_of(
    found: list[Diagnostic],
    document: Document,
    localized: Localized | None,
    locale: Locale,
) -> Iterator[Diagnostic]:
    """Pick the errors in a document, its figures and the messages that it uses."""
    paths = {document.path} | {
        CONTENT + block.name
        for block in walk(document.blocks)
        if block.kind == "figure"
    }
    lines = set()
    if localized:
        places = [one.translation for one in localized.words.values()]
        places += [place for _, place in localized.furniture.values()]
        lines = {(one.path, one.line) for one in places if one}
    for one in found:
        if one.severity is not Severity.ERROR:
            continue
        place = (one.location.path, one.location.line)
        catalog = one.location.path.startswith(f"locales/{locale.name}/")
        whole = catalog and not one.location.line and one.code != "untranslated"
        if one.location.path in paths or place in lines or whole:
            yield one


def label_segments(name: str, figure: Figure) -> Iterator[Segment]:
    """Give a figure's labels as segments; digits of the drawing are none."""
    for label in figure.labels:
        if not label.number:
            key = label_key(figure.path, label.id)
            comment = f"label in {name}"
            yield Segment(key, "label", label.text, "", comment, label.location)


def material_messages(material: Material) -> tuple[tuple[str, str], ...]:
    """List (context, text) of every message that the leaflets use, in order."""
    used = dict.fromkeys(
        (segment.context, segment.text)
        for document in material.documents
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


def localize_document(
    material: Material, document: Document, locale: Locale
) -> tuple[Localized | None, tuple[Diagnostic, ...]]:
    """Put a leaflet into a locale: all of it, or nothing and every gap."""
    catalog = material.catalogs.get(locale.name)
    if catalog is None and locale.name != material.project.source_locale:
        path = f"locales/{locale.name}/LC_MESSAGES/messages.po"
        message = f"there is no catalog for {locale.name}"
        return None, (error("missing-catalog", message, Location(path)),)
    values = material.evidence.by_placeholder()
    words: dict[str, Words] = {}
    furniture: dict[str, tuple[str, Location]] = {}
    found: list[Diagnostic] = []
    for segment in segments_of(material, document):
        made, problems = localize(segment, catalog, locale, values)
        found.extend(problems)
        if made:
            words[segment.key] = made
    for text, place in material.template_texts:
        if catalog is None:
            furniture[text] = (text, place)
            continue
        known = catalog.lookup("", text)
        if known is None or known.fuzzy or not known.translation.strip():
            where = Location(catalog.path, known.line if known else 0)
            gap = f'"{text}" is not translated'
            found.append(error("untranslated", gap, where, f"used in {place}"))
        else:
            where = Location(catalog.path, known.line)
            furniture[text] = (known.translation, where)
    if has_errors(found):
        return None, tuple(found)
    figures = {
        block.name: material.figures[block.name]
        for block in walk(document.blocks)
        if block.kind == "figure" and block.name in material.figures
    }
    if locale.right_to_left:
        figures = {name: mirror(one) for name, one in figures.items()}
    standing = "draft"
    if material.sources.today > document.meta.review_by:
        standing = "expired"
    return Localized(document, locale, words, figures, furniture, standing), tuple(
        found
    )
