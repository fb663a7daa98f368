"""One composition of the tiny project, of any edition, without a build."""

from dataclasses import replace
from pathlib import Path

from leaflets.build.front import judge, localize_document
from leaflets.diagnostics import Diagnostic
from leaflets.pages.compose import ComposeInputs, compose
from leaflets.pages.composition import Composition
from leaflets.paper.fold import FOLDS
from leaflets.sources.catalogs.localize import Localized
from leaflets.sources.material import Material, read_material
from leaflets.sources.project import Edition

SHEET = Edition(
    name="sheet",
    template="sheet.html",
    papers=("A4",),
    size=12.0,
    smallest=10.0,
    pages=12,
    margin=8.0,
)
LARGE = replace(
    SHEET, name="large-print", size=18.0, smallest=16.0, pages=40, keyed=True
)
PANELS = Edition(
    name="trifold",
    template="trifold.html",
    papers=("A4",),
    size=13.0,
    smallest=10.0,
    pages=6,
    margin=7.0,
    least=10.5,
    fold=FOLDS["z"],
    text="short",
    keyed=True,
)
BILINGUAL = replace(SHEET, name="bilingual", template="bilingual.html", keyed=True)
PROOF = replace(SHEET, name="proof", template="proof.html", size=11.0, smallest=9.0)


def material_of(root: Path) -> Material:
    """Read a project without a fault."""
    material, diagnostics = read_material(root)
    assert diagnostics == ()
    return material


def localized_of(material: Material, name: str) -> Localized:
    """Put the tiny leaflet into a locale, without a gap."""
    locale = material.project.locale(name)
    assert locale
    (document,) = material.documents
    standing = judge(material)[name, document.meta.id]
    translation = localize_document(material, document, locale, standing)
    assert translation.localized, translation.gaps
    return translation.localized


def inputs_of(material: Material) -> ComposeInputs:
    """Gather what every composition needs."""
    leaflets = tuple(document.meta.id for document in material.documents)
    return ComposeInputs(
        project=material.project,
        evidence=material.evidence,
        family=material.family,
        leaflets=leaflets,
        templates=material.templates,
    )


def composed(
    material: Material, locale: str, edition: Edition, paper: str = "A4"
) -> tuple[Composition, tuple[Diagnostic, ...]]:
    """Compose the tiny leaflet in a locale, or in two: `ar+en`."""
    first, *others = (localized_of(material, name) for name in locale.split("+"))
    second = others[0] if others else None
    return compose(first, edition, paper, inputs_of(material), second=second)
