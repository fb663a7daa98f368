"""Targets: every PDF that a project asks for, and those that wait to be asked for.

Takes a project and what was asked for by name; gives targets with their editions.
"""

from collections.abc import Collection, Iterator

from leaflets.pages.composition import EVERY, Target
from leaflets.paper.papers import office_paper
from leaflets.sources.project import Clinic, Edition, Project


def targets_of(
    project: Project, leaflets: tuple[str, ...], asked: Collection[str]
) -> Iterator[tuple[Target, Edition]]:
    """List all targets of a project; of two languages, those named and those asked for.

    Pairs are asked for as `ar+fr`: any two locales of the project.
    """
    for edition in project.editions:
        for locale in _locales(project, edition, asked):
            for leaflet in leaflets:
                for paper in edition.papers:
                    yield Target(leaflet, locale, edition.name, paper), edition


def parts_of(project: Project, asked: Collection[str]) -> tuple[str, ...]:
    """Name all parts of a project that have targets: locales, and pairs of them."""
    return tuple(
        dict.fromkeys(
            locale
            for edition in project.editions
            if not edition.on_request or {edition.name, EVERY}.intersection(asked)
            for locale in _locales(project, edition, asked)
        )
    )


def _locales(
    project: Project, edition: Edition, asked: Collection[str]
) -> tuple[str, ...]:
    """List what an edition is set in: each locale, or two beside each other."""
    names = [locale.name for locale in project.locales]
    if not edition.beside:
        return tuple(names)
    pairs = (name for name in asked if _is_pair(name, names))
    usual = (
        f"{name}+{beside}"
        for name in names
        for beside in edition.beside
        if name != beside
    )
    return tuple(dict.fromkeys((*usual, *pairs)))


def waits(
    target: Target, edition: Edition, clinic: Clinic, asked: Collection[str]
) -> bool:
    """Ask whether a target waits until its edition, or its paper, is named.

    The paper follows the clinic's territory, not the language of the patient.
    """
    if edition.on_request and not {edition.name, EVERY}.intersection(asked):
        return True
    home = office_paper(clinic.territory)
    return home in edition.papers and target.paper != home and target.paper not in asked


def _is_pair(name: str, locales: list[str]) -> bool:
    first, plus, second = name.partition("+")
    return bool(plus) and first != second and {first, second} <= set(locales)
