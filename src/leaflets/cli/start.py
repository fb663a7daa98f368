"""Commands to begin with: init, add and fonts (door to Click)."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click

from leaflets.cli.terminal import ERR, OUT, PROJECT, guarded
from leaflets.diagnostics import LeafletsError, Location, error
from leaflets.files import is_file, put
from leaflets.languages.locale import find_locale
from leaflets.paper.papers import PAPERS
from leaflets.sources.content.document import is_id
from leaflets.sources.content.family import NAME
from leaflets.sources.material import read_without_catalogs
from leaflets.sources.project import PATH
from leaflets.sources.snapshot import read_today
from leaflets.sources.source_language import HINT, unfit_source
from leaflets.sources.starter import Beginning, new_leaflet, new_project
from leaflets.sources.stock import stock_root

LANGUAGES = ("en", "es", "ar")
"""A left-to-right, a second and a right-to-left one, to see what happens to a text."""
NOT_ALONE = (PATH, "content", "locales")


class Pair(click.ParamType):  # type: ignore[type-arg]
    """A text of one language or name: de=Diabetes Typ 2; without a name, the source's."""

    name = "name=text"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Part name and text; a text without a name is the source language's."""
        name, equals, text = value.partition("=")
        if not equals:
            name, text = "", value
        if not text.strip() or any(ord(char) < 32 or char in "{}" for char in text):
            self.fail(f'"{value}" is not one line of text without braces', param, ctx)
        return name.strip(), text.strip()


PAIR = Pair()


@click.command("init")
@click.argument(
    "folder", type=click.Path(file_okay=False, path_type=Path), default=Path()
)
@click.option(
    "--family",
    "names",
    type=PAIR,
    multiple=True,
    help='Name of the family: "Type 2 diabetes", and de="Typ-2-Diabetes" for German.',
)
@click.option(
    "--title",
    "titles",
    type=PAIR,
    multiple=True,
    help='Heading of the pages on screen: "Leaflets on diabetes", de="…".',
)
@click.option("--source", default="", help="Language the leaflets are written in: en.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    help="A language, such as de or zh_Hans; once for each.",
)
@click.option(
    "--paper",
    "papers",
    type=click.Choice(list(PAPERS)),
    multiple=True,
    help="A paper, once for each.",
)
@click.option(
    "--contact",
    "contacts",
    type=PAIR,
    multiple=True,
    help='One more to call: nurse="Diabetes nurse".',
)
@click.option("--no-fonts", is_flag=True, help="Do not install the fonts yet.")
@guarded
def init_command(
    folder: Path,
    names: tuple[tuple[str, str], ...],
    titles: tuple[tuple[str, str], ...],
    source: str,
    languages: tuple[str, ...],
    papers: tuple[str, ...],
    contacts: tuple[tuple[str, str], ...],
    no_fonts: bool,
) -> int:
    """Begin a project in FOLDER (this one): an example leaflet in your languages.

    At a terminal it asks for what no option says.  Nothing that is there already is
    written over.
    """
    asks = at_terminal() and not (names or languages or source or papers)
    beginning = _asked() if asks else _beginning(names, titles, source, languages)
    beginning = _completed(beginning, papers, contacts)
    _refuse(beginning)
    for name in NOT_ALONE:
        if (folder / name).exists():
            message = f'"{name}" is here already; init begins a new project only'
            hint = "name an empty folder: leaflets init FOLDER"
            raise LeafletsError((error("not-empty", message, Location(name), hint),))
    today, _ = read_today()
    files = list(new_project(beginning, today))
    folder.mkdir(parents=True, exist_ok=True)
    new = [(path, data) for path, data in files if not is_file(folder, path)]
    for path, data in new:
        put(data, folder, path)
    OUT.print(f"{folder}: {len(new)} files written", markup=False)
    _tell_gaps(beginning)
    if not no_fonts:
        install_fonts(folder)
    where = "" if folder == Path() else f"cd {folder} && "
    OUT.print(f"next: {where}leaflets build", markup=False)
    return 0


def at_terminal() -> bool:
    """Return whether somebody is there to answer."""
    return sys.stdin.isatty()


def _beginning(
    names: tuple[tuple[str, str], ...],
    titles: tuple[tuple[str, str], ...],
    source: str,
    languages: tuple[str, ...],
) -> Beginning:
    """Gather what the options say."""
    source = source or "en"
    locales = tuple(dict.fromkeys((source, *(languages or LANGUAGES))))
    name, title = dict(names), dict(titles)
    for locale in (*name, *title):
        if locale not in ("", *locales):
            raise click.UsageError(f'"{locale}" is none of the languages {locales}')
    words = {
        locale: (name.get(locale, ""), title.get(locale, "")) for locale in locales
    }
    return Beginning(
        name=name.get("", "") or name.get(source, ""),
        title=title.get("", "") or title.get(source, "") or name.get("", ""),
        source=source,
        locales=locales,
        papers=(),
        words={locale: (said[0], said[1] or said[0]) for locale, said in words.items()},
    )


def _asked() -> Beginning:
    """Ask at the terminal; the answers in brackets are taken with Enter."""
    name = click.prompt(
        "Name of the family of leaflets", default="", show_default=False
    )
    text = click.prompt("Languages", default=" ".join(LANGUAGES))
    languages = tuple(str(text).replace(",", " ").split())
    names: list[tuple[str, str]] = [("", str(name).strip())] if name else []
    for language in languages if name else ():
        locale = find_locale(language)
        if locale and language != "en":
            said = click.prompt(
                f'"{name}" in {locale.english_name} (Enter: later)',
                default="",
                show_default=False,
            )
            names += [(language, str(said).strip())] if said else []
    return _beginning(tuple(names), (), "", languages)


def _completed(
    beginning: Beginning,
    papers: tuple[str, ...],
    contacts: tuple[tuple[str, str], ...],
) -> Beginning:
    """Add papers and contacts."""
    for name, _ in contacts:
        if not NAME.fullmatch(name):
            raise click.UsageError(
                f'"{name}" cannot name a contact: small letters, as in nurse="Nurse"'
            )
    return replace(beginning, papers=papers or ("A4",), contacts=dict(contacts))


def _refuse(beginning: Beginning) -> None:
    """Refuse languages that cannot be set, or written in; a usage error says why."""
    for name in beginning.locales:
        if find_locale(name) is None:
            raise click.UsageError(
                f'"{name}" is no language, or its script has no font here;'
                " write it as es, pt_BR or zh_Hans"
            )
    source = find_locale(beginning.source)
    if source and (message := unfit_source(source)):
        raise click.UsageError(f"{message}; {HINT}")


def _tell_gaps(beginning: Beginning) -> None:
    """Say which languages wait for a translation of the family's name."""
    if not beginning.name:
        return
    lacking = [
        locale
        for locale in beginning.locales
        if locale != beginning.source and not beginning.words.get(locale, ("", ""))[0]
    ]
    if lacking:
        names = ", ".join(lacking)
        text = f'translate "{beginning.name}" in locales/…/messages.po: {names}'
        ERR.print(text, markup=False)


@click.command("add")
@click.argument("what", type=click.Choice(["leaflet"]))
@click.argument("name")
@PROJECT
@guarded
def add_command(what: str, name: str, root: Path) -> int:
    """Add a leaflet NAME: its file, with every box that its kind asks for."""
    if not is_id(name):
        raise click.UsageError(f'"{name}" is no id: small letters, digits and hyphens')
    material, diagnostics = read_without_catalogs(root)
    if not material.family.kinds:
        raise LeafletsError(diagnostics)
    path = f"content/{name}.md"
    if is_file(root, path):
        message = f'there is a leaflet "{name}" already'
        raise LeafletsError((error("not-empty", message, Location(path)),))
    order = max((document.meta.order for document in material.documents), default=0)
    text = new_leaflet(material.family, name, order + 1, material.sources.today)
    put(text.encode(), root, path)
    OUT.print(f"{path}: write it, then `leaflets check` and `leaflets update`")
    return 0


@click.command("fonts")
@PROJECT
@guarded
def fonts_command(root: Path) -> int:
    """Install the pinned fonts into build/fonts: from leaflets-fonts, or else with npm."""
    return install_fonts(root)


def install_fonts(root: Path) -> int:
    """Run the installer of the stock for a project; its exit code."""
    installer = stock_root() / "fonts" / "install.py"
    command = [
        sys.executable,
        str(installer),
        "--build",
        str(root.absolute() / "build"),
    ]
    code = subprocess.run(command, check=False).returncode
    if code:
        message = "the fonts are not installed"
        hint = "`pip install leaflets-fonts`, then `leaflets fonts`"
        raise LeafletsError(
            (error("font-missing", message, Location("build/fonts"), hint),)
        )
    return 0
