"""The front half: always whole, from the project's files to compositions.

Takes a project's root; gives every target's composition, or the reason why it
has none.  All findings are told every time; what this half costs is little.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from leaflets.build.settled import COMMON, part_of
from leaflets.checks.memory import NOTHING, Verdicts
from leaflets.checks.source import check_facts_used, check_wording
from leaflets.checks.translation.catalog import check_catalog
from leaflets.checks.translation.labels import check_labels
from leaflets.checks.waivers import apply_waivers
from leaflets.diagnostics import (
    Diagnostic,
    LeafletsError,
    Location,
    Severity,
    error,
    gather,
    has_errors,
    warning,
)
from leaflets.languages.locale import Locale
from leaflets.pages.compose import compose
from leaflets.pages.composition import EVERYTHING, Choice, Composition, Target
from leaflets.pages.targets import parts_of, targets_of, waits
from leaflets.pages.templates import environment
from leaflets.pages.type_size import TALL
from leaflets.pages.views import Localized
from leaflets.reviews.standing import Standing, standing_of, texts_of
from leaflets.sources.catalogs.localize import Words, gap_of, localize
from leaflets.sources.content.document import Document
from leaflets.sources.content.figures import mirror
from leaflets.sources.content.markdown import walk
from leaflets.sources.content.short_form import check_short
from leaflets.sources.material import (
    CONTENT,
    Material,
    Read,
    material_messages,
    read_material,
    segments_of,
)
from leaflets.sources.project import PATH, Project
from leaflets.sources.signatures import review_path


@dataclass(frozen=True, slots=True)
class Front:
    """What the front half gives."""

    material: Material
    compositions: tuple[Composition, ...]
    blocked: Mapping[Target, tuple[Diagnostic, ...]]
    """Targets that have no composition, and the errors that keep them from it."""
    unasked: frozenset[Target]
    """Targets that were not asked for: those made on request only, as are those on a
    paper that the clinic's territory does not use, and all but the only ones."""
    standings: Mapping[tuple[str, str], Standing]
    """By locale and leaflet."""
    doubts: Mapping[tuple[str, str], tuple[Diagnostic, ...]]
    """Warnings about a leaflet in a language that nobody has mended or waived."""
    verdicts: Verdicts
    """What the checks said of each pair of texts."""
    parts: Mapping[str, tuple[Diagnostic, ...]]
    """All findings by the part that they are about: a locale, a pair, or what all
    share (its name is empty)."""
    settled: frozenset[Target]
    """Targets that were not looked at, for nothing has changed that they are made of."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Give all findings."""
        return gather(one for found in self.parts.values() for one in found)


def look(
    root: Path,
    asked: Collection[str] = (),
    seen: Verdicts = NOTHING,
    settled: Collection[str] = (),
    read: Read | None = None,
    only: Choice = EVERYTHING,
) -> Front:
    """Run the front half: every finding, and a composition for each sound target.

    `asked` names editions, for those that are made on request are left out without,
    pairs of locales for bilingual ones, and papers that the clinic's territory does
    not use.
    `seen` holds what the checks said before of the same texts.
    `settled` names parts (a locale, or a pair) whose targets need no look, and `read`
    is a look at the files that was taken already.  With `only`, nothing else is looked
    at, and what is told is told of those targets.
    """

    def skip(project: Project) -> set[str]:
        """Leave out what is settled, unless a pair that is not needs it."""
        again = {
            locale
            for part in parts_of(project, asked)
            if part not in settled and only.takes_part(part)
            for locale in part.split("+")
        }
        return {one.name for one in project.locales} - again

    material, problems = read_material(root, read, skip)
    found = list(problems)
    project, evidence = material.project, material.evidence
    for document in material.documents:
        found.extend(check_wording(document, evidence))
        found.extend(check_short(document))
    found.extend(check_facts_used(material.documents, evidence))
    found.extend(_orphans(material))
    memory: dict[str, tuple[Diagnostic, ...]] = {}
    messages = material_messages(material)
    skipped = skip(project)
    own: dict[str, list[Diagnostic]] = {
        one.name: [] for one in project.locales if one.name not in skipped
    }
    for catalog in material.catalogs.values():
        said = own[catalog.locale]
        said.extend(check_catalog(catalog, messages, material.glossary, seen, memory))
        locale = project.locale(catalog.locale)
        # Labels of tall scripts stand in a list below their drawing.
        if locale and not locale.pseudo and locale.setting.pitch <= TALL:
            said.extend(check_labels(material.figures, catalog, locale))

    def waive(some: Iterable[Diagnostic]) -> list[Diagnostic]:
        return list(apply_waivers(some, project.waivers, material.sources.today))

    # What was told while reading a catalog belongs to its language.
    for one in found:
        if part_of(one) in own:
            own[part_of(one)].append(one)
    found = waive(one for one in found if part_of(one) not in own)
    own = {name: waive(said) for name, said in own.items()}
    compositions: list[Composition] = []
    blocked: dict[Target, tuple[Diagnostic, ...]] = {}
    unasked: set[Target] = set()
    kept: set[Target] = set()
    doubts: dict[tuple[str, str], tuple[Diagnostic, ...]] = {}
    templates = environment(material.templates)
    family = tuple(one.meta.id for one in material.documents)
    profiles = {
        path.removeprefix("profiles/").removesuffix(".icc"): data
        for path, data in material.sources.below("profiles/", ".icc")
    }
    common = _common_errors(found)
    standings = judge(material, skipped)
    ready: dict[tuple[str, str], tuple[Localized | None, tuple[Diagnostic, ...]]] = {}
    for locale in project.locales:
        if locale.name in skipped:
            continue
        # Before it is put into words: gaps are told of leaflet by leaflet.
        heard = (*found, *own[locale.name])
        for document in material.documents:
            key = locale.name, document.meta.id
            localized, problems = localize_document(
                material, document, locale, standings[key]
            )
            gaps = waive(problems)
            own[locale.name].extend(gaps)
            told = tuple(_about(heard, document, localized, locale))
            doubts[key] = gather(
                one for one in told if one.severity is Severity.WARNING
            )
            errors = (
                *common,
                *(one for one in told if one.severity is Severity.ERROR),
                *(one for one in gaps if one.severity is Severity.ERROR),
            )
            ready[key] = localized, errors
    dates = {one.meta.id: one.meta.written for one in material.documents}
    for target, edition in targets_of(project, family, asked):
        if waits(target, edition, project.clinic, asked) or not only.takes(target):
            unasked.add(target)
            continue
        if target.locale in settled:
            kept.add(target)
            continue
        sides = [ready[locale, target.leaflet] for locale in target.locales]
        errors = tuple(one for _, errors in sides for one in errors)
        if errors or any(localized is None for localized, _ in sides):
            blocked[target] = gather(errors)
            continue
        first, second, *_ = *(one for one, _ in sides), None
        assert first is not None
        try:
            composition, problems = compose(
                first,
                edition,
                target.paper,
                project=project,
                evidence=evidence,
                family=family,
                templates=templates,
                today=dates[target.leaflet],
                profiles=profiles,
                second=second,
            )
        except LeafletsError as problem:
            composition, problems = None, problem.diagnostics
        own.setdefault(target.locale, []).extend(problems)
        if composition is None or has_errors(problems):
            blocked[target] = problems
        else:
            compositions.append(composition)
    return Front(
        material,
        tuple(compositions),
        blocked,
        frozenset(unasked),
        standings,
        doubts,
        memory,
        {COMMON: gather(found), **{name: gather(told) for name, told in own.items()}},
        frozenset(kept),
    )


def obstacles_of(front: Front, leaflet: str, locale: str) -> tuple[Diagnostic, ...]:
    """List the errors for which nobody may sign a leaflet in a language."""
    path = review_path(locale, leaflet)
    broken = tuple(
        one
        for one in front.diagnostics
        if one.code == "review-file" and one.location.path == path
    )
    errors = {
        one
        for target, found in front.blocked.items()
        if (target.locale, target.leaflet) == (locale, leaflet)
        for one in found
    }
    return (*broken, *sorted(errors, key=str))


def judge(
    material: Material, skipped: Collection[str] = ()
) -> dict[tuple[str, str], Standing]:
    """Find the standing of every leaflet in every language, the source's first.

    Locales that are skipped have none, but the source's is always needed.
    """
    made: dict[tuple[str, str], Standing] = {}
    source = material.project.source_locale
    names = [
        one.name
        for one in material.project.locales
        if one.name not in skipped or one.name == source
    ]
    for name in sorted(names, key=lambda one: one != source):
        for document in material.documents:
            own = made.get((source, document.meta.id))
            made[name, document.meta.id] = standing_of(
                material,
                document,
                name,
                texts_of(material, document, name),
                source_approved=own is not None and own.name == "approved",
            )
    return made


def _orphans(material: Material) -> Iterator[Diagnostic]:
    """Tell of signatures for a leaflet or language that the project does not have."""
    leaflets = {one.meta.id for one in material.documents}
    for (locale, leaflet), review in material.reviews.items():
        if leaflet not in leaflets or material.project.locale(locale) is None:
            message = f'there is no leaflet "{leaflet}" in the language "{locale}"'
            hint = "an id or a locale was renamed; its signatures hold for nothing"
            yield warning("review-orphan", message, Location(review.path), hint)


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


def _about(
    found: Iterable[Diagnostic],
    document: Document,
    localized: Localized | None,
    locale: Locale,
) -> Iterator[Diagnostic]:
    """Pick what is said of a document, its figures and the messages that it uses."""
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
        place = (one.location.path, one.location.line)
        catalog = one.location.path.startswith(f"locales/{locale.name}/")
        whole = catalog and not one.location.line and one.code != "untranslated"
        if one.location.path in paths or place in lines or whole:
            yield one


def localize_document(
    material: Material, document: Document, locale: Locale, standing: Standing
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
        elif gap := gap_of("", text, catalog):
            found.append(replace(gap, hint=gap.hint or f"used in {place}"))
        elif known := catalog.lookup("", text):
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
    whole = Localized(
        document,
        locale,
        words,
        figures,
        furniture,
        standing.name,
        standing.printed,
        frozenset(one.key for one in standing.open),
    )
    return whole, tuple(found)
