"""Commands for those who review and sign (door to Click)."""

from dataclasses import replace
from pathlib import Path

import click

from leaflets.build.front import Front, analyse, judge, obstacles_of
from leaflets.build.workers import run, typeset
from leaflets.cli.terminal import OUT, PROJECT, guarded, tell_findings
from leaflets.diagnostics import has_errors
from leaflets.files import publish, put
from leaflets.reviews.changes import changes_since
from leaflets.reviews.changes_page import compose_changes
from leaflets.reviews.sign import sign
from leaflets.reviews.standing import newest, texts_of
from leaflets.sources.content.document import Document
from leaflets.sources.fonts import fonts_of
from leaflets.sources.signatures import METHODS, ROLES, Review, Signature, write_review

LEAFLET = click.argument("leaflet")
LOCALE = click.option("--locale", required=True, help="The language, such as es.")


def find_leaflet(front: Front, leaflet: str, locale: str) -> Document:
    """Find a leaflet by its id; a usage error where it or the locale is unknown."""
    known = {one.meta.id: one for one in front.material.documents}
    if leaflet not in known:
        there = ", ".join(known) or "none"
        raise click.UsageError(f'no leaflet is called "{leaflet}"; there is {there}')
    if front.material.project.locale(locale) is None:
        names = ", ".join(one.name for one in front.material.project.locales)
        raise click.UsageError(f'no locale is called "{locale}"; there is {names}')
    return known[leaflet]


@click.command("sign")
@LEAFLET
@LOCALE
@click.option("--role", required=True, type=click.Choice(ROLES), help="In what part.")
@click.option("--name", required=True, help="Who signs, as it will be printed.")
@click.option("--credentials", required=True, help="By what right, as printed.")
@click.option(
    "--method",
    type=click.Choice(METHODS),
    help="Of a translator: how the translation was made.",
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
    root: Path,
) -> int:
    """Record that a person answers for LEAFLET as it is now.

    The signature holds for these words, facts and sources only: whatever changes
    afterwards is open again. Commit the file that this writes.
    """
    front = analyse(root)
    document = find_leaflet(front, leaflet, locale)
    review = sign(
        front.material,
        document,
        locale,
        obstacles_of(front, document.meta.id, locale),
        role=role,
        name=name,
        credentials=credentials,
        method=method or "",
    )
    file = review.path.removeprefix("reviews/")
    put(write_review(review), root / "reviews", file)
    signature = newest(review, role)
    count = len(signature.texts) if signature else 0
    OUT.print(f"{review.path}: {count} texts signed as {role}", markup=False)
    reviews = {**front.material.reviews, (locale, leaflet): review}
    standing = judge(replace(front.material, reviews=reviews))[locale, leaflet]
    OUT.print(f"standing: {standing.name}", markup=False)
    for reason in standing.reasons:
        OUT.print(f"  {reason}", markup=False, soft_wrap=True)
    return 0


@click.command("changes")
@LEAFLET
@LOCALE
@click.option("--role", type=click.Choice(ROLES), help="Since this role signed.")
@PROJECT
@guarded
def changes_command(leaflet: str, locale: str, role: str | None, root: Path) -> int:
    """Tell what changed in LEAFLET since it was last signed, as HTML and PDF.

    For the reviewer who is to sign again: before, after, and what changed marked.
    """
    front = analyse(root)
    material = front.material
    document = find_leaflet(front, leaflet, locale)
    review = material.reviews.get((locale, leaflet), Review(locale, leaflet))
    signature = _last(review, role)
    if signature is None:
        OUT.print("nobody has signed yet, so everything is to be read")
        OUT.print(f"  leaflets build {leaflet} --locale {locale} --edition proof")
        return 0
    changes = changes_since(
        signature,
        review,
        texts_of(material, document, locale),
        locale=locale,
        source_locale=material.project.source_locale,
    )
    for one in changes:
        place = f"{one.label}, line {one.line}" if one.line else one.label
        OUT.print(f"{place}: {'; '.join(one.what)}", markup=False, soft_wrap=True)
    if not changes:
        OUT.print(f"nothing changed since {signature.date}")
    composition = compose_changes(material, document, locale, signature, changes)
    name = f"changes/{locale}.{leaflet}"
    folder = root / "build"
    page = composition.html.replace(
        "</head>", f"<style>\n{composition.stylesheet}</style>\n</head>"
    )
    found = [publish(page.encode(), folder, f"{name}.html")]
    fonts, problems = fonts_of(root)
    work = run(composition, fonts.config, typeset)
    problems = (*problems, *work.diagnostics)
    if work.typeset and not has_errors(problems):
        found.append(publish(work.typeset.data, folder, f"{name}.pdf"))
    every = (*(one for one in found if one), *problems)
    tell_findings(every, "text")
    if not has_errors(every):
        OUT.print(f"build/{name}.html, build/{name}.pdf")
    return 1 if has_errors(every) else 0


def _last(review: Review, role: str | None) -> Signature | None:
    """Give the newest signature, of a role or of any."""
    found = [newest(review, one) for one in ([role] if role else ROLES)]
    return max((one for one in found if one), key=lambda one: one.date, default=None)
