"""Commands for catalogs and terms (door to Click)."""

from pathlib import Path

import click

from leaflets.build.front import analyse_with_cache
from leaflets.build.session import open_session
from leaflets.cli.terminal import OUT, PROJECT, guarded
from leaflets.diagnostics import LeafletsError, has_errors
from leaflets.files import put
from leaflets.languages.locale import find_locale
from leaflets.languages.scripts import settings
from leaflets.reviews.language_page import LOCALE_PAGES, locale_pages
from leaflets.sources.catalogs.glossary_files import read_tbx, write_glossary, write_tbx
from leaflets.sources.catalogs.upkeep import begin, extract, tidy, update
from leaflets.sources.fonts import fonts_of
from leaflets.sources.material import GLOSSARY, Material, read_material
from leaflets.sources.snapshot import read_sources


@click.command("extract")
@PROJECT
@guarded
def extract_command(root: Path) -> int:
    """Write the source catalog, locales/messages.pot."""
    sources, diagnostics = read_sources(root)
    if has_errors(diagnostics):
        raise LeafletsError(diagnostics)
    path, total = extract(sources)
    OUT.print(f"{path}: {total} messages", markup=False)
    return 0


@click.command("update")
@click.argument("locales", nargs=-1)
@PROJECT
@guarded
def update_command(locales: tuple[str, ...], root: Path) -> int:
    """Bring the catalogs up to date with the sources.

    Translations are kept; a changed text keeps its former source beside it and
    is marked fuzzy, unless a number, a placeholder or a negation changed.
    """
    material, _ = read_material(root)
    for line in update(material.sources, known_locales(material, locales)):
        OUT.print(line, markup=False, soft_wrap=True)
    return 0


def known_locales(material: Material, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the locales asked for, or all but the source; a usage error if unknown."""
    project = material.project
    names = [
        locale.name
        for locale in project.locales
        if locale.name != project.source_locale
    ]
    for name in asked:
        if name not in names:
            raise click.UsageError(f'no locale is called "{name}"; {", ".join(names)}')
    return asked or tuple(names)


@click.command("normalize")
@click.argument("locales", nargs=-1)
@PROJECT
@guarded
def normalize_command(locales: tuple[str, ...], root: Path) -> int:
    """Keep translations when texts are cut or written otherwise than before.

    Run it instead of `update` after a change of the rules by which the sources are
    split into messages.
    """
    material, _ = read_material(root)
    names = known_locales(material, locales)
    for line in tidy(material.sources, names):
        OUT.print(line, markup=False, soft_wrap=True)
    return 0


@click.command("new")
@click.argument("locale")
@PROJECT
@guarded
def new_command(locale: str, root: Path) -> int:
    """Begin the language LOCALE: write its catalog, and name its fonts and settings.

    `en_XA`, `ar_XB` and `zh_XC` are filled with pseudo-translations, which show how
    pages stretch, turn and do without spaces.
    """
    known = find_locale(locale)
    if known is None:
        scripts = ", ".join(sorted(settings()))
        raise click.UsageError(
            f'"{locale}" is no locale, or its script is not among {scripts};'
            " docs/languages.md tells how to add a script"
        )
    material, _ = read_material(root)
    listed = material.project.locale(locale) is not None
    fonts, _ = fonts_of(root)
    pinned = dict(fonts.families)
    for line in begin(material.sources, known, listed=listed, pinned=pinned):
        OUT.print(line, markup=False, soft_wrap=True)
    return 0


@click.command("locales")
@PROJECT
@guarded
def locales_command(root: Path) -> int:
    """Write docs/locales: a page for each language, and a table of them all.

    Its typesetting, how much is translated, how its text compares with the source, and
    what a native reviewer should check first (locales/LOCALE/doubts.toml).
    """
    from leaflets.pdf.engine.render import use_fonts  # it starts the engine

    session = open_session(root)
    use_fonts(session.fonts.config)
    front = analyse_with_cache(root)
    pages = locale_pages(front.material, front.diagnostics)
    for name, text in pages.items():
        put(text.encode(), root, f"{LOCALE_PAGES}/{name}")
    OUT.print(f"{LOCALE_PAGES}: {len(pages) - 1} languages", markup=False)
    return 0


@click.command("glossary")
@click.argument("action", type=click.Choice(["export", "import"]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@PROJECT
@guarded
def glossary_command(action: str, file: Path, root: Path) -> int:
    """Export the terms to a TBX FILE for other tools, or import them from one.

    The project keeps its terms in locales/glossary.toml; an import replaces them all.
    """
    if action == "export":
        material, diagnostics = read_material(root)
        names = [locale.name for locale in material.project.locales]
        data = write_tbx(material.glossary, names)
        if has_errors(
            diagnostic
            for diagnostic in diagnostics
            if diagnostic.location.path == GLOSSARY
        ):
            raise LeafletsError(diagnostics)
        put(data, file.parent.resolve(), file.name)
        count = len(material.glossary.terms)
    else:
        if not file.is_file():
            raise click.UsageError(f'there is no file "{file}"')
        glossary, diagnostics = read_tbx(file.read_bytes(), file.name)
        if has_errors(diagnostics):
            raise LeafletsError(diagnostics)
        data = write_glossary(glossary).encode()
        put(data, root, GLOSSARY)
        count = len(glossary.terms)
    OUT.print(f"{count} terms", markup=False)
    return 0
