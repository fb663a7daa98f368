"""The commands `sign` and `changes`, for reviewers (door to Click)."""

from pathlib import Path

import click

from leaflets.build.front import Scope, analyse_with_cache, judge, obstacles_of
from leaflets.build.session import build_folder
from leaflets.build.workers import run, typeset
from leaflets.cli.terminal import OUT, PROJECT, exit_code, guarded, tell_findings
from leaflets.diagnostics import LeafletsError, has_errors
from leaflets.files import publish, put, remove
from leaflets.pages.composition import Choice
from leaflets.reviews.changes import changes_since
from leaflets.reviews.changes_page import compose_changes
from leaflets.reviews.parts import parts_of, shared_of, signed_by
from leaflets.reviews.sign import sign
from leaflets.sources.content.document import Document
from leaflets.sources.fonts import fonts_of
from leaflets.sources.material import Material, read_material
from leaflets.sources.signatures import (
    METHODS,
    ROLES,
    Review,
    Signature,
    key_path,
    newest,
    statement_of,
    write_review,
)
from leaflets.sources.ssh import sign_statement

LEAFLET = click.argument("leaflet")
LOCALE = click.option("--locale", required=True, help="The language, such as es.")


def find_leaflet(material: Material, leaflet: str, locale: str) -> Document:
    """Return a leaflet by its id; a usage error where it or the locale is unknown."""
    documents = {document.meta.id: document for document in material.documents}
    if leaflet not in documents:
        there = ", ".join(documents) or "none"
        raise click.UsageError(f'no leaflet is called "{leaflet}"; there is {there}')
    if material.project.locale(locale) is None:
        names = ", ".join(known.name for known in material.project.locales)
        raise click.UsageError(f'no locale is called "{locale}"; there is {names}')
    return documents[leaflet]


@click.command("sign")
@LEAFLET
@LOCALE
@click.option("--role", required=True, type=click.Choice(ROLES), help="In which role.")
@click.option("--name", required=True, help="Who signs, as it will be printed.")
@click.option(
    "--credentials",
    required=True,
    help="Qualification of the person, as it will be printed.",
)
@click.option(
    "--method",
    type=click.Choice(METHODS),
    help="For a translator: how the translation was made.",
)
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A key of OpenSSH, or its public half if an agent holds the key.",
)
@PROJECT
@guarded
def sign_command(
    leaflet: str,
    locale: str,
    role: str,
    name: str,
    credentials: str,
    method: str | None,
    key: Path | None,
    root: Path,
) -> int:
    """Record that a person answers for LEAFLET as it is now.

    The signature is valid for the present texts, facts and sources only: what changes
    afterwards must be signed again. Commit the file that this writes.
    """
    choice = Choice((leaflet,), (locale,))
    front = analyse_with_cache(root, only=choice, for_print=False)
    material = front.material
    document = find_leaflet(material, leaflet, locale)
    review = sign(
        material,
        document,
        locale,
        obstacles_of(front, document.meta.id, locale),
        role=role,
        name=name,
        credentials=credentials,
        method=method or "",
    )
    signature = _put_review(root, review, role, key)
    count = len(signature.texts)
    OUT.print(f"{review.path}: {count} parts signed as {role}", markup=False)
    skipped = Scope(choice=choice).skips(material.project)
    again, _ = read_material(root, skip=lambda project: skipped)
    standings = judge(again, skipped)
    standing = standings[locale, leaflet]
    OUT.print(f"standing: {standing.name}", markup=False)
    for reason in standing.reasons:
        OUT.print(f"  {reason}", markup=False, soft_wrap=True)
    return 0


def _put_review(root: Path, review: Review, role: str, key: Path | None) -> Signature:
    """Write a record and, beside it, what a key signs; without one, nothing is beside it.

    The key signs first: where it cannot, nothing is written.
    """
    signature = newest(review, role)
    assert signature is not None  # it was signed just now
    proof = b""
    if key:
        statement = statement_of(signature, review.locale, review.leaflet)
        proof = sign_statement(statement, key)
    beside = key_path(review.locale, review.leaflet, role)
    if proof:
        put(proof, root, beside)
    elif diagnostic := remove(root, beside):
        raise LeafletsError((diagnostic,))
    put(write_review(review), root, review.path)
    return signature


@click.command("changes")
@LEAFLET
@LOCALE
@click.option(
    "--role", type=click.Choice(ROLES), help="Changes since this role signed."
)
@PROJECT
@guarded
def changes_command(leaflet: str, locale: str, role: str | None, root: Path) -> int:
    """Show what changed in LEAFLET since it was last signed, as HTML and PDF.

    For the reviewer who is to sign again: each text before and after, with the
    differences marked.
    """
    scope = Scope(choice=Choice((leaflet,), (locale,)))
    material, _ = read_material(root, skip=scope.skips)
    document = find_leaflet(material, leaflet, locale)
    review = material.reviews.get((locale, leaflet), Review(locale, leaflet))
    signature = _last(review, role)
    if signature is None:
        OUT.print("nobody has signed yet, so everything is to be read")
        OUT.print(f"  leaflets build {leaflet} --locale {locale} --edition proof")
        return 0
    changes = changes_since(
        signature,
        review,
        signed_by(
            signature.role, parts_of(material, document, locale, shared_of(material))
        ),
        locale=locale,
        source_locale=material.project.source_locale,
    )
    for change in changes:
        place = f"{change.label}, line {change.line}" if change.line else change.label
        OUT.print(f"{place}: {'; '.join(change.what)}", markup=False, soft_wrap=True)
    if not changes:
        OUT.print(f"nothing changed since {signature.date}")
    composition = compose_changes(material, document, locale, signature, changes)
    name = f"changes/{locale}.{leaflet}"
    folder = build_folder(root)
    page = composition.html.replace(
        "</head>", f"<style>\n{composition.stylesheet}</style>\n</head>"
    )
    written = [publish(page.encode(), folder, f"{name}.html")]
    fonts, problems = fonts_of(root)
    work = run(composition, fonts.config, typeset)
    problems = (*problems, *work.diagnostics)
    if work.typeset and not has_errors(problems):
        written.append(publish(work.typeset.data, folder, f"{name}.pdf"))
    diagnostics = (*(problem for problem in written if problem), *problems)
    tell_findings(diagnostics, "text")
    if not has_errors(diagnostics):
        OUT.print(f"build/{name}.html, build/{name}.pdf")
    return exit_code(diagnostics)


def _last(review: Review, role: str | None) -> Signature | None:
    """Return the newest signature of a role, or of any; None where there is none."""
    signatures = [newest(review, name) for name in ([role] if role else ROLES)]
    return max(
        (signature for signature in signatures if signature),
        key=lambda signature: signature.date,
        default=None,
    )
