"""Translate: write the source catalog, and begin and keep up the catalogs."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from leaflets.diagnostics import LeafletsError, Location, error, has_errors
from leaflets.files import put
from leaflets.languages.locale import Locale, format_value, hyphenation
from leaflets.languages.word_lists import has_lexicon
from leaflets.sources.catalogs.catalog import (
    Catalog,
    new_catalog,
    read_catalog,
    write_catalog,
)
from leaflets.sources.catalogs.extract import extract_all, source_locale_of
from leaflets.sources.catalogs.merge import update as merge
from leaflets.sources.catalogs.normalize import normalize
from leaflets.sources.catalogs.pseudo import pseudo_catalog
from leaflets.sources.catalogs.stock_words import fill, stock_words
from leaflets.sources.project import PATH, read_project
from leaflets.sources.snapshot import Sources


def extract(sources: Sources) -> tuple[str, int]:
    """Write locales/messages.pot; its path and how many messages it holds."""
    catalog = extract_all(sources.files, sources.root)
    _write(sources.root, catalog)
    return catalog.path, len(catalog.messages)


def update(sources: Sources, locales: tuple[str, ...]) -> Iterator[str]:
    """Bring catalogs up to date; tells in a line what became of each.

    What the stock has translated of its own templates is filled in where it is missing.

    A catalog that cannot be read whole is never written: LeafletsError.
    """
    source = extract_all(sources.files, sources.root)
    source_locale = source_locale_of(sources.files)
    _write(sources.root, source)
    for name in locales:
        path = f"locales/{name}/LC_MESSAGES/messages.po"
        data = sources.files.get(path)
        catalog = new_catalog(name, path)
        if data is not None:
            catalog, found = read_catalog(data, path, name)
            if has_errors(found):
                raise LeafletsError(found)
        made = fill(merge(catalog, source, source_locale), stock_words(name))
        if data != write_catalog(made):
            _write(sources.root, made)
        yield _told(made)


def tidy(sources: Sources, locales: tuple[str, ...]) -> Iterator[str]:
    """Move translations to texts that are cut or written otherwise now.

    For the day when the rules of segmentation change; LeafletsError as in `update`.
    """
    source = extract_all(sources.files, sources.root)
    source_locale = source_locale_of(sources.files)
    for name in locales:
        path = f"locales/{name}/LC_MESSAGES/messages.po"
        data = sources.files.get(path, b"")
        catalog, found = read_catalog(data, path, name)
        if has_errors(found):
            raise LeafletsError(found)
        made, moved = normalize(catalog, source, source_locale)
        if moved and data != write_catalog(made):
            _write(sources.root, made)
        yield f"{path}: {moved} translations moved"


def begin(
    sources: Sources, locale: Locale, *, listed: bool, pinned: Collection[str]
) -> Iterator[str]:
    """Begin a locale: its catalog, and its name in the project file.

    Tells what the locale will be set with and what it lacks; `listed` says whether
    the project file names it already, `pinned` which font families there are.
    LeafletsError where there is a catalog already, or the project file cannot be
    changed.
    """
    path = f"locales/{locale.name}/LC_MESSAGES/messages.po"
    if path in sources.files:
        hint = "`leaflets update` brings it up to date"
        message = f"{locale.english_name} has a catalog already"
        found = error("catalog-exists", message, Location(path), hint)
        raise LeafletsError((found,))
    source = extract_all(sources.files, sources.root)
    source_locale = source_locale_of(sources.files)
    if locale.pseudo:
        made = pseudo_catalog(locale.name, path, source, source_locale)
    else:
        made = merge(new_catalog(locale.name, path), source, source_locale)
        made = fill(made, stock_words(locale.name))
    changed = b"" if listed else _listed(sources.files[PATH], locale.name)
    _write(sources.root, made)
    yield f"{path}: {len(made.messages)} messages"
    if changed:
        put(changed, sources.root, PATH)
        yield f'{PATH}: "{locale.name}" added to locales'
    way = "right to left" if locale.right_to_left else "left to right"
    yield f"{locale.english_name} ({locale.endonym}), script {locale.script}, {way}"
    yield f"numbers: {format_value(2800.5, 'number', locale)}, {_compact(locale)}"
    families = ", ".join(
        one if one in pinned else f"{one} (missing: pin it with fonts/pin.py)"
        for one in locale.setting.families
    )
    yield f"fonts: {families}; lines {locale.setting.pitch:g} mm apart at 12 pt"
    patterns = hyphenation(locale)
    there = f"patterns {patterns} are there" if patterns else "there are no patterns"
    yield f"hyphenation: off, as tired eyes need it; {there}"
    if not (locale.pseudo or has_lexicon(locale.name)):
        yield (
            "word lists: none yet, so negations, units and promises are not checked;"
            " docs/languages.md says how to write them"
        )


def _compact(locale: Locale) -> str:
    return format_value(2_800_000, "compact", locale)


LOCALES = re.compile(r"(?ms)^(locales\s*=\s*\[)(.*?)(\s*,?\s*)(\])")


def _listed(data: bytes, name: str) -> bytes:
    """Add a locale to the project file's list, changing nothing else."""
    text = data.decode("utf-8")
    head, table, rest = text.partition("[tool.leaflets]")
    made = LOCALES.sub(rf'\1\2, "{name}"\4', rest, count=1)
    changed = (head + table + made).encode()
    project, found = read_project(changed)
    if project is None or project.locale(name) is None:
        message = f'"{name}" cannot be added to locales by itself'
        hint = f'add "{name}" to locales in [tool.leaflets], then `leaflets update`'
        raise LeafletsError(
            (*found, error("project-file", message, Location(PATH), hint))
        )
    return changed


def _told(catalog: Catalog) -> str:
    active = [one for one in catalog.messages if not one.obsolete]
    done = sum(bool(one.translation.strip()) and not one.fuzzy for one in active)
    fuzzy = sum(one.fuzzy for one in active)
    retired = len(catalog.messages) - len(active)
    return (
        f"{catalog.path}: {done} of {len(active)} translated,"
        f" {fuzzy} fuzzy, {retired} retired"
    )


def _write(root: Path, catalog: Catalog) -> None:
    """Write a catalog whole or not at all; LeafletsError where the disk refuses."""
    put(write_catalog(catalog), root, catalog.path)
