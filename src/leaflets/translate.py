"""Translate: write the source catalog, and bring the catalogs up to date with it."""

from collections.abc import Iterator
from pathlib import Path

from leaflets.catalog import Catalog, new_catalog, read_catalog, write_catalog
from leaflets.diagnostics import LeafletsError, has_errors
from leaflets.extract import extract_all
from leaflets.merge import update as merge
from leaflets.publish import publish
from leaflets.sources import Sources


def extract(sources: Sources) -> tuple[str, int]:
    """Write locales/messages.pot; its path and how many messages it holds."""
    catalog = extract_all(sources.files, sources.root)
    _write(sources.root, catalog)
    return catalog.path, len(catalog.messages)


def update(sources: Sources, locales: tuple[str, ...]) -> Iterator[str]:
    """Bring catalogs up to date; tells in a line what became of each.

    A catalog that cannot be read whole is never written: LeafletsError.
    """
    source = extract_all(sources.files, sources.root)
    _write(sources.root, source)
    for name in locales:
        path = f"locales/{name}/LC_MESSAGES/messages.po"
        data = sources.files.get(path)
        catalog = new_catalog(name, path)
        if data is not None:
            catalog, found = read_catalog(data, path, name)
            if has_errors(found):
                raise LeafletsError(found)
        made = merge(catalog, source)
        if data != write_catalog(made):
            _write(sources.root, made)
        yield _told(made)


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
    name = catalog.path.removeprefix("locales/")
    if problem := publish(write_catalog(catalog), root / "locales", name):
        raise LeafletsError((problem,))
    (root / "locales" / ".tmp").rmdir()
