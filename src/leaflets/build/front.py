"""The front half: from the project's files to what is typeset, in five stages.

Reads the sources, checks them, judges the standing of each leaflet in each locale,
translates it, and composes every target that is asked for.  Every finding has a
subject; `blocks` selects by it those that keep a target from print.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from leaflets.build.cache import read_texts, write_texts
from leaflets.build.options import NotInProjectError
from leaflets.build.session import build_folder
from leaflets.checks.source import check_clinic, check_facts_used, check_wording
from leaflets.checks.translation.catalog import check_catalog
from leaflets.checks.translation.labels import check_labels
from leaflets.checks.verdicts import NOTHING, Verdicts
from leaflets.checks.waivers import apply_waivers
from leaflets.diagnostics import (
    Diagnostic,
    LeafletsError,
    Location,
    Severity,
    Subject,
    about,
    error,
    gather,
    keeps_from_print,
    warning,
)
from leaflets.languages.locale import Locale
from leaflets.pages.compose import ComposeInputs, compose
from leaflets.pages.composition import EVERYTHING, Choice, Composition, Target
from leaflets.pages.targets import parts_of, targets_of, waits
from leaflets.pages.type_size import TALL
from leaflets.reviews.parts import NOTHING_SHARED, shared_of
from leaflets.reviews.standing import Standing, check_days, standing_of
from leaflets.reviews.version import CODE as VERSION
from leaflets.reviews.version import check_versions
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.localize import (
    Localized,
    Words,
    gap_of,
    localize,
    source_text,
)
from leaflets.sources.content.document import Document
from leaflets.sources.content.figures import Figure, mirror
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
from leaflets.sources.project import Edition, Project
from leaflets.sources.signatures import review_path
from leaflets.sources.source_language import source_of

NOT_PRINTED = ("reviews/", "locales/glossary.toml", "content/EDITORIAL.md")
"""Files that no page is made from: an error in them blocks no draft (a release is
blocked by the standing instead)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is analysed: what was asked for, without what is known already."""

    asked: tuple[str, ...] = ()
    """Names of editions that are made on request only, of pairs of locales for
    bilingual editions, and of papers that the clinic's territory does not use."""
    choice: Choice = EVERYTHING
    fresh: frozenset[str] = frozenset()
    """Parts (a locale, or a pair of them) in which nothing changed since the last
    build."""

    def skips(self, project: Project) -> frozenset[str]:
        """Return the locales that nothing in the scope needs, not even a pair."""
        needed = {
            locale
            for part in parts_of(project, self.asked)
            if part not in self.fresh and self.choice.takes_part(part)
            for locale in part.split("+")
        }
        return frozenset(locale.name for locale in project.locales) - needed

    def documents(self, material: Material) -> tuple[Document, ...]:
        """Return the leaflets that are asked for."""
        wanted = self.choice.leaflets
        return tuple(
            document
            for document in material.documents
            if not wanted or document.meta.id in wanted
        )


@dataclass(frozen=True, slots=True)
class Translation:
    """A leaflet in a locale: all of its text, or the gaps."""

    localized: Localized | None
    gaps: tuple[Diagnostic, ...]


Translations = Mapping[tuple[str, str], Translation]
"""By locale and leaflet."""


@dataclass(frozen=True, slots=True)
class Composed:
    """Every target of the project, by what became of it."""

    compositions: tuple[Composition, ...]
    blocked: Mapping[Target, tuple[Diagnostic, ...]]
    """Targets that cannot be composed, with the findings that prevent it."""
    unasked: frozenset[Target]
    """Targets of the choice that wait until their edition or paper is named."""
    unseen: frozenset[Target]
    """Targets outside the choice: nothing is known of them."""
    cached: frozenset[Target]
    """Targets of fresh parts: nothing that they are made from has changed."""
    diagnostics: tuple[Diagnostic, ...]
    """Findings of composing."""


@dataclass(frozen=True, slots=True)
class Front:
    """The result of the front half."""

    material: Material
    compositions: tuple[Composition, ...]
    blocked: Mapping[Target, tuple[Diagnostic, ...]]
    unasked: frozenset[Target]
    unseen: frozenset[Target]
    cached: frozenset[Target]
    standings: Mapping[tuple[str, str], Standing]
    """By locale and leaflet."""
    doubts: Mapping[tuple[str, str], tuple[Diagnostic, ...]]
    """By locale and leaflet: the warnings that nobody has mended or waived."""
    verdicts: Verdicts
    """The findings of the checks on each pair of texts."""
    parts: frozenset[str]
    """The parts that were analysed."""
    diagnostics: tuple[Diagnostic, ...]
    """All findings, each with its subject."""


def analyse(
    root: Path,
    asked: Collection[str] = (),
    *,
    known: Verdicts = NOTHING,
    fresh: Collection[str] = (),
    read: Read | None = None,
    only: Choice = EVERYTHING,
    for_print: bool = True,
) -> Front:
    """Run the front half: all findings, and a composition for each unblocked target.

    `known` holds the findings of earlier builds on the same texts; `asked` and `fresh`
    are those of `Scope`; `read` is a snapshot of the files, if one was taken already.
    `only` restricts the analysis to what it names.  Not `for_print`, every target is
    composed in one size of type to be checked, and none is kept.  LeafletsError without
    a usable project file.
    """
    scope = Scope(tuple(asked), only, frozenset(fresh))
    material, unread = read_material(root, read, scope.skips)
    checked, verdicts = check_sources(material, scope, known)
    standings = judge(material, scope.skips(material.project))
    judged = dict.fromkeys(name for name, _ in standings)
    versions = (*check_versions(material, judged), *check_days(material, judged))
    translations = translate(material, scope, standings)
    gaps = [gap for translation in translations.values() for gap in translation.gaps]
    diagnostics = waived(
        material, (*subjects_of(material, unread), *checked, *versions, *gaps)
    )
    composed = compose_all(
        material, scope, translations, diagnostics, for_print=for_print
    )
    return Front(
        material=material,
        compositions=composed.compositions,
        blocked=composed.blocked,
        unasked=composed.unasked,
        unseen=composed.unseen,
        cached=composed.cached,
        standings=standings,
        doubts={key: doubts_of(diagnostics, *key) for key in translations},
        verdicts=verdicts,
        parts=frozenset(parts_of(material.project, scope.asked)) - scope.fresh,
        diagnostics=gather((*diagnostics, *composed.diagnostics)),
    )


def analyse_with_cache(
    root: Path,
    asked: Collection[str] = (),
    only: Choice = EVERYTHING,
    *,
    for_print: bool = True,
) -> Front:
    """Run the front half with the cached findings on texts, and update the cache."""
    folder = build_folder(root)
    known = read_texts(folder)
    front = analyse(root, asked, known=known, only=only, for_print=for_print)
    remember(folder, front, known, partial=only != EVERYTHING)
    return front


def remember(folder: Path, front: Front, known: Verdicts, *, partial: bool) -> None:
    """Store the findings on the texts in the cache; a disk that refuses does no harm.

    After a partial analysis the findings on all other texts stay valid and are kept.
    """
    verdicts = {**known, **front.verdicts} if partial else front.verdicts
    if verdicts != known:
        write_texts(folder, verdicts)


@dataclass(frozen=True, slots=True)
class Overview:
    """How far every leaflet is in every locale: nothing is checked or composed."""

    material: Material
    standings: Mapping[tuple[str, str], Standing]
    """By locale and leaflet."""
    translations: Translations
    diagnostics: tuple[Diagnostic, ...]
    """Findings of reading."""


def overview_of(root: Path) -> Overview:
    """Read and translate everything; LeafletsError without a usable project file."""
    material, unread = read_material(root)
    standings = judge(material)
    translations = translate(material, Scope(), standings)
    diagnostics = waived(material, subjects_of(material, unread))
    return Overview(material, standings, translations, diagnostics)


# Stage 1, `read_material`, lies in leaflets.sources.material.


def subjects_of(
    material: Material, diagnostics: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Set the subject of each finding of reading, from the path of its file.

    A finding in a figure is about each leaflet that shows the figure.
    """
    leaflets = {document.path: document.meta.id for document in material.documents}
    shown: dict[str, list[str]] = defaultdict(list)
    for document in material.documents:
        for block in walk(document.blocks):
            if block.kind == "figure":
                shown[CONTENT + block.name].append(document.meta.id)
    for diagnostic in diagnostics:
        path = diagnostic.location.path
        folder, _, name = path.partition("/")
        if path in shown:
            subjects = [
                Subject(leaflet=leaflet) for leaflet in dict.fromkeys(shown[path])
            ]
        elif path.startswith(CONTENT) and path.endswith(".md"):
            stem = name.rpartition("/")[2].removesuffix(".md")
            subjects = [Subject(leaflet=leaflets.get(path, stem))]
        elif folder in ("locales", "reviews") and "/" in name:
            locale, _, file = name.partition("/")
            leaflet = file.partition(".")[0] if folder == "reviews" else ""
            subjects = [Subject(locale=locale, leaflet=leaflet)]
        else:
            subjects = [Subject()]
        for subject in subjects:
            yield from about(subject, (diagnostic,))


def check_sources(
    material: Material, scope: Scope, known: Verdicts
) -> tuple[tuple[Diagnostic, ...], Verdicts]:
    """Stage 2: check all source texts, and the catalogs in the scope.

    Of a catalog, the messages of the leaflets in the scope are checked.  Returns the
    findings, and the verdicts on all pairs of texts in use.
    """
    diagnostics = [*_check_documents(material), *_orphans(material)]
    verdicts: dict[str, tuple[Diagnostic, ...]] = {}
    messages = material_messages(material, scope.documents(material))
    source = source_of(material.project)
    skipped = scope.skips(material.project)
    for catalog in material.catalogs.values():
        if catalog.locale in skipped:
            continue
        in_catalog = [
            *check_catalog(
                catalog,
                messages,
                source,
                material.glossary,
                material.names,
                seen=known,
                memory=verdicts,
            )
        ]
        locale = material.project.locale(catalog.locale)
        # Labels of tall scripts stand in a list below their drawing.
        if locale and not locale.pseudo and locale.setting.pitch <= TALL:
            in_catalog += check_labels(material.figures, catalog, locale)
        diagnostics += _about_leaflets(material, catalog, in_catalog)
    return tuple(diagnostics), verdicts


def _check_documents(material: Material) -> Iterator[Diagnostic]:
    """Check each leaflet's source text, and the evidence for all of them."""
    every = (*material.documents, *material.drafts)
    for document in every:
        subject = Subject(leaflet=document.meta.id)
        yield from about(
            subject,
            check_wording(document, material.evidence, material.family, material.names),
        )
        yield from about(subject, check_short(document, material.family))
    yield from check_clinic(material.project.clinic, material.family)
    unused = check_facts_used(every, material.evidence)
    yield from subjects_of(material, unused)


def _about_leaflets(
    material: Material, catalog: Catalog, diagnostics: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Set the subject of each finding in a catalog: the leaflets that use the message.

    Gaps are left out: `translate` reports them for each leaflet.
    """
    users: dict[int, list[str]] = defaultdict(list)
    for document in material.documents:
        for segment in segments_of(material, document):
            if message := catalog.lookup(segment.context, segment.text):
                users[message.line].append(document.meta.id)
    for text, _ in material.template_texts:
        if message := catalog.lookup("", text):
            users[message.line].append("")
    for diagnostic in diagnostics:
        if diagnostic.code in GAPS:
            continue
        leaflets = dict.fromkeys(users.get(diagnostic.location.line, [""]))
        for leaflet in [""] if "" in leaflets else leaflets:
            subject = Subject(locale=catalog.locale, leaflet=leaflet)
            yield from about(subject, (diagnostic,))


GAPS = ("untranslated", "fuzzy")


def _orphans(material: Material) -> Iterator[Diagnostic]:
    """Warn of signatures for a leaflet or locale that the project does not have."""
    leaflets = {document.meta.id for document in material.documents}
    for (locale, leaflet), review in material.reviews.items():
        if leaflet not in leaflets or material.project.locale(locale) is None:
            message = f'there is no leaflet "{leaflet}" in the language "{locale}"'
            hint = "an id or a locale was renamed; its signatures hold for nothing"
            orphan = warning("review-orphan", message, Location(review.path), hint)
            yield replace(orphan, subject=Subject(locale=locale, leaflet=leaflet))


def waived(
    material: Material, diagnostics: Iterable[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Apply the project's waivers to each subject; expired ones give a finding."""
    groups: dict[Subject, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        groups[diagnostic.subject].append(diagnostic)
    waivers, today = material.project.waivers, material.sources.today
    return tuple(
        diagnostic
        for subject, group in groups.items()
        for diagnostic in about(subject, apply_waivers(group, waivers, today))
    )


def judge(
    material: Material, skipped: Collection[str] = ()
) -> dict[tuple[str, str], Standing]:
    """Stage 3: judge the standing of every leaflet in every locale, the source first.

    Skipped locales have none; the source locale is never skipped.
    """
    standings: dict[tuple[str, str], Standing] = {}
    # Where nobody has signed, there is nothing to compare with.
    shared = shared_of(material) if material.reviews else NOTHING_SHARED
    source = material.project.source_locale
    names = [
        locale.name
        for locale in material.project.locales
        if locale.name not in skipped or locale.name == source
    ]
    for name in sorted(names, key=lambda name: name != source):
        for document in material.documents:
            original = standings.get((source, document.meta.id))
            standings[name, document.meta.id] = standing_of(
                material,
                document,
                name,
                shared,
                source_approved=original is not None and original.name == "approved",
            )
    return standings


def translate(
    material: Material, scope: Scope, standings: Mapping[tuple[str, str], Standing]
) -> Translations:
    """Stage 4: translate the leaflets into the locales of the scope."""
    skipped = scope.skips(material.project)
    return {
        (locale.name, document.meta.id): localize_document(
            material, document, locale, standings[locale.name, document.meta.id]
        )
        for locale in material.project.locales
        if locale.name not in skipped
        for document in scope.documents(material)
    }


def localize_document(
    material: Material, document: Document, locale: Locale, standing: Standing
) -> Translation:
    """Translate a leaflet into a locale: all of it, or nothing and every gap."""
    subject = Subject(locale=locale.name, leaflet=document.meta.id)
    catalog = material.catalogs.get(locale.name)
    if catalog is None and locale.name != material.project.source_locale:
        path = f"locales/{locale.name}/LC_MESSAGES/messages.po"
        message = f"there is no catalog for {locale.name}"
        gap = error("missing-catalog", message, Location(path))
        return Translation(None, tuple(about(subject, (gap,))))
    values = material.evidence.by_placeholder()
    words: dict[str, Words] = {}
    gaps: list[Diagnostic] = []
    for segment in segments_of(material, document):
        localized, problems = localize(segment, catalog, locale, values, material.names)
        gaps.extend(problems)
        if localized:
            words[segment.key] = localized
    furniture = dict(_furniture(material, catalog, gaps))
    problems = tuple(about(subject, gaps))
    if any(map(keeps_from_print, gaps)):
        return Translation(None, problems)
    leaflet = Localized(
        document=document,
        locale=locale,
        words=words,
        figures=_figures(material, document, locale),
        furniture=furniture,
        standing=standing.name,
        source_title=source_text(document.title, source_of(material.project), values),
        signatures=standing.printed,
        changed=frozenset(text.key for text in standing.open),
    )
    return Translation(leaflet, problems)


def _furniture(
    material: Material, catalog: Catalog | None, gaps: list[Diagnostic]
) -> Iterator[tuple[str, tuple[str, Location]]]:
    """Look up the texts of the templates, each with its place; add gaps to `gaps`."""
    for text, place in material.template_texts:
        if catalog is None:
            yield text, (text, place)
        elif gap := gap_of("", text, catalog):
            gaps.append(replace(gap, hint=gap.hint or f"used in {place}"))
        elif message := catalog.lookup("", text):
            yield text, (message.translation, Location(catalog.path, message.line))


def _figures(
    material: Material, document: Document, locale: Locale
) -> dict[str, Figure]:
    """Collect the figures of a leaflet, mirrored in right-to-left locales."""
    figures = {
        block.name: material.figures[block.name]
        for block in walk(document.blocks)
        if block.kind == "figure" and block.name in material.figures
    }
    if locale.right_to_left:
        return {name: mirror(figure) for name, figure in figures.items()}
    return figures


def compose_all(
    material: Material,
    scope: Scope,
    translations: Translations,
    diagnostics: tuple[Diagnostic, ...],
    *,
    for_print: bool = True,
) -> Composed:
    """Stage 5: compose every target of the scope that no finding blocks.

    Not `for_print`, none is kept.
    """
    project = material.project
    leaflets = tuple(document.meta.id for document in material.documents)
    profiles = {
        path.removeprefix("profiles/").removesuffix(".icc"): data
        for path, data in material.sources.below("profiles/", ".icc")
    }
    inputs = ComposeInputs(
        project=project,
        evidence=material.evidence,
        family=material.family,
        leaflets=leaflets,
        templates=material.templates,
        profiles=profiles,
        sizes=for_print,
    )
    composer = partial(_compose, inputs, translations)
    grave = list(filter(keeps_from_print, diagnostics))
    compositions: list[Composition] = []
    blocked: dict[Target, tuple[Diagnostic, ...]] = {}
    unasked, unseen, cached = set(), set(), set()
    in_pages: list[Diagnostic] = []
    for target, edition in targets_of(project, leaflets, scope.asked):
        if not scope.choice.takes(target):
            unseen.add(target)
        elif waits(target, edition, project.clinic, scope.asked):
            unasked.add(target)
        elif target.locale in scope.fresh:
            cached.add(target)
        elif obstacles := tuple(
            problem for problem in grave if blocks(problem, target)
        ):
            blocked[target] = gather(obstacles)
        else:
            composition, problems = composer(target, edition)
            in_pages.extend(problems)
            if composition is None or any(map(keeps_from_print, problems)):
                blocked[target] = problems
            elif for_print:
                compositions.append(composition)
    return Composed(
        tuple(compositions),
        blocked,
        frozenset(unasked),
        frozenset(unseen),
        frozenset(cached),
        tuple(in_pages),
    )


def _compose(
    inputs: ComposeInputs,
    translations: Translations,
    target: Target,
    edition: Edition,
) -> tuple[Composition | None, tuple[Diagnostic, ...]]:
    """Compose one target, in one language or two; None where its template is broken."""
    sides = [
        translations[locale, target.leaflet].localized for locale in target.locales
    ]
    first, second = sides[0], sides[1] if len(sides) > 1 else None
    if first is None:
        raise ValueError(f"{target} has gaps, and nothing blocks it")
    subject = Subject(target.leaflet, target.locale, target.edition, target.paper)
    try:
        composition, problems = compose(
            first, edition, target.paper, inputs, second=second
        )
    except LeafletsError as problem:
        return None, tuple(about(subject, problem.diagnostics))
    return composition, tuple(about(subject, problems))


def blocks(diagnostic: Diagnostic, target: Target) -> bool:
    """Say whether a finding that keeps something from print is about a target.

    A version that should be another is no reason to print no draft of the new words.
    """
    if diagnostic.location.path.startswith(NOT_PRINTED) or diagnostic.code == VERSION:
        return False
    return concerns_target(diagnostic, target)


def concerns_target(diagnostic: Diagnostic, target: Target) -> bool:
    """Say whether a finding is about a target, or about something that includes it."""
    subject = diagnostic.subject
    return (
        subject.leaflet in ("", target.leaflet)
        and subject.locale in ("", target.locale, *target.locales)
        and subject.edition in ("", target.edition)
        and subject.paper in ("", target.paper)
    )


def doubts_of(
    diagnostics: Iterable[Diagnostic], locale: str, leaflet: str
) -> tuple[Diagnostic, ...]:
    """List the warnings about a leaflet in a locale, its source text included."""
    return gather(
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.severity is Severity.WARNING
        and (diagnostic.subject.leaflet or diagnostic.subject.locale)
        and diagnostic.subject.leaflet in ("", leaflet)
        and diagnostic.subject.locale in ("", locale)
    )


def check_choice(front: Front, choice: Choice) -> None:
    """Check that everything asked for is in the project; else NotInProjectError."""
    project = front.material.project
    targets = [*(page.target for page in front.compositions), *front.blocked]
    pairs = {target.locale for target in targets} & set(choice.locales)
    known = {
        "leaflet": [document.meta.id for document in front.material.documents],
        "locale": [
            *(locale.name for locale in project.locales),
            *(name for name in choice.locales if name in pairs),
        ],
        "edition": [edition.name for edition in project.editions],
        "paper": sorted(
            {paper for edition in project.editions for paper in edition.papers}
        ),
    }
    asked = {
        "leaflet": choice.leaflets,
        "locale": choice.locales,
        "edition": choice.editions,
        "paper": choice.papers,
    }
    for kind, names in asked.items():
        for name in names:
            if name not in known[kind]:
                there = ", ".join(dict.fromkeys(known[kind])) or "none"
                raise NotInProjectError(
                    f'no {kind} is called "{name}"; there is {there}'
                )


def obstacles_of(front: Front, leaflet: str, locale: str) -> tuple[Diagnostic, ...]:
    """List the errors that forbid signing a leaflet in a locale."""
    path = review_path(locale, leaflet)
    unreadable = {
        diagnostic
        for diagnostic in front.diagnostics
        if diagnostic.code == "review-file" and diagnostic.location.path == path
    }
    outdated = {
        diagnostic
        for diagnostic in front.diagnostics
        if diagnostic.code == VERSION
        and diagnostic.subject.leaflet == leaflet
        and diagnostic.subject.locale in ("", locale)
    }
    errors = {
        diagnostic
        for target, diagnostics in front.blocked.items()
        if (target.locale, target.leaflet) == (locale, leaflet)
        for diagnostic in diagnostics
    }
    groups = unreadable, outdated, errors
    return tuple(found for group in groups for found in sorted(group, key=str))
