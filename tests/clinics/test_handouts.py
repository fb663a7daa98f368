"""Each clinic gets the published leaflets that it hands out, in a folder of its own."""

import json
import multiprocessing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from clinic_samples import CAIRO, ROYAL, sheet_in
from desk import ROOT, run
from images import png
from leaflets.build.limited import Limits, Stopped, Worker
from leaflets.clinics import handouts as module
from leaflets.clinics import logo as reading
from leaflets.clinics.fill import Sheet
from leaflets.clinics.handouts import (
    Handout,
    Seat,
    hand_out,
    hand_out_apart,
    hand_out_many,
    wanted,
    write_list,
)
from leaflets.pages.composition import Target
from samples import PATIENCE

HEAD = "id,name,phone,hours,address,interpreter,url,language,territory,locales\n"
FONTS = ROOT / "build" / "fonts.conf"


def test_the_command_prints_every_clinic(
    sheets: tuple[Sheet, ...], tmp_path: Path
) -> None:
    """Each clinic has its folder, its languages, and a list of digests."""
    root = sheets[0].path.parents[2]
    path = tmp_path / "clinics.csv"
    path.write_text(
        f"{HEAD}royal,Royal,1,,,,,en,GB,en ar\ncairo,مستشفى,2,,,,,ar,,\n"
        "third,Third,3,,,,,en,,zh_Hans\n",
        encoding="utf-8",
    )
    code, output = run(root, "clinics", str(path), "--format", "json", "--workers", "2")
    assert code == 0, output
    files = {one["path"]: one["sha256"] for one in json.loads(output)["files"]}
    assert sorted(files) == [
        "cairo/ar/tiny.sheet.A4.pdf",
        "cairo/en/tiny.sheet.A4.pdf",
        "cairo/zh_Hans/tiny.sheet.A4.pdf",
        "royal/ar/tiny.sheet.A4.pdf",
        "royal/en/tiny.sheet.A4.pdf",
        "third/zh_Hans/tiny.sheet.A4.pdf",
    ]
    folder = root / "build/clinics"
    listed = (folder / "SHA256SUMS").read_text().splitlines()
    assert listed == sorted(
        (f"{digest}  {name}" for name, digest in files.items()),
        key=lambda line: line.split()[1],
    )
    for name, digest in files.items():
        assert sha256((folder / name).read_bytes()).hexdigest() == digest
    assert run(root, "verify", "--quick")[0] == 0


def test_nothing_built_is_told(project: Path, tmp_path: Path) -> None:
    """Leaflets are built before clinics are printed into them."""
    path = tmp_path / "clinics.csv"
    path.write_text("id,name\na,One\n")
    code, output = run(project, "clinics", str(path))
    assert (code, "[clinic-form]" in output) == (1, True)


def test_a_clinic_chooses_languages_editions_and_paper(
    sheets: tuple[Sheet, ...],
) -> None:
    """Empty means all; a paper that its territory does not use is left out."""
    letter = tuple(
        replace(sheet, target=replace(sheet.target, paper="Letter")) for sheet in sheets
    )
    every = (*sheets, *letter)

    def names(**changes: object) -> set[tuple[str, str]]:
        clinic = replace(ROYAL, **changes)
        chosen = wanted(every, clinic)
        return {(sheet.target.locale, sheet.target.paper) for sheet in chosen}

    assert len(names()) == 6
    assert {paper for _, paper in names(territory="CA")} == {"Letter"}
    assert {paper for _, paper in names(territory="GB")} == {"A4"}
    assert {locale for locale, _ in names(locales=("ar",))} == {"ar"}
    assert names(editions=("booklet",)) == set()


def test_an_edition_comes_on_the_papers_that_it_has(sheets: tuple[Sheet, ...]) -> None:
    """A card is handed out beside a sheet on the office's own paper."""
    sheet = sheet_in(sheets, "en")
    letter = replace(sheet, target=replace(sheet.target, paper="Letter"))
    card = replace(sheet, target=replace(sheet.target, edition="card", paper="A6"))
    for territory, own in (("GB", sheet), ("US", letter)):
        clinic = replace(ROYAL, territory=territory)
        assert list(wanted((sheet, letter, card), clinic)) == [own, card]


def test_what_cannot_be_filled_in_is_not_published(
    sheets: tuple[Sheet, ...], tmp_path: Path
) -> None:
    """The handout says why, and its folder is not even made."""
    sheet = sheet_in(sheets, "en")
    handout = hand_out(sheet, replace(ROYAL, name="Hospital" * 20), tmp_path)
    assert (handout.sha256, handout.output) == ("", "royal/en/tiny.sheet.A4.pdf")
    assert [one.subject.field for one in handout.diagnostics] == ["name"]
    assert list(tmp_path.iterdir()) == []


def test_a_logo_that_cannot_be_read_stops_all_of_its_clinic(
    sheets: tuple[Sheet, ...], tmp_path: Path
) -> None:
    """Each file says it, so that none seems to be there without the logo."""
    clinic = replace(CAIRO, logo="none.png")
    seat = Seat(Worker(), Worker())
    handouts = hand_out_apart(seat, clinic, sheets, tmp_path, FONTS, tmp_path)
    assert len(handouts) == len(sheets)
    for handout in handouts:
        assert handout.sha256 == ""
        assert [one.subject.field for one in handout.diagnostics] == ["logo"]


def test_few_clinics_need_no_workers(sheets: tuple[Sheet, ...], tmp_path: Path) -> None:
    """The digests are those of the files, one after the other."""
    handouts = tuple(
        hand_out_many([CAIRO], sheets, tmp_path, FONTS, tmp_path, workers=2)
    )
    for handout in handouts:
        data = (tmp_path / handout.output).read_bytes()
        assert sha256(data).hexdigest() == handout.sha256


def test_a_hostile_logo_is_its_own_clinic_s_finding(
    sheets: tuple[Sheet, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that never ends, one that is broken; the other clinics are made."""
    monkeypatch.setattr(reading, "LOGO_LIMITS", Limits(seconds=PATIENCE, cpu=1))
    path = "M0 0" + "A1 2 30 1 1 3 4" * 19_000
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="{path}"/>'
    )
    (tmp_path / "slow.svg").write_text(f"{svg}</svg>")
    (tmp_path / "broken.png").write_bytes(png()[:60])
    (tmp_path / "good.png").write_bytes(png())
    names = ("slow.svg", "broken.png", "good.png", "")
    clinics = [
        replace(ROYAL, id=f"c{number}", logo=name, locales=("en",))
        for number, name in enumerate(names)
    ]
    handouts = hand_out_many(clinics, sheets, tmp_path, FONTS, tmp_path, workers=1)
    assert {
        handout.clinic: [diagnostic.code for diagnostic in handout.diagnostics]
        for handout in handouts
    } == {"c0": ["clinic-logo"], "c1": ["clinic-logo"], "c2": [], "c3": []}
    assert len(list(tmp_path.glob("c*/en/*.pdf"))) == 2


@pytest.mark.parametrize(
    ("reason", "code", "tries"),
    [("time", "too-slow", 1), ("died", "worker-died", 2), ("crash", "worker-died", 1)],
)
def test_a_clinic_whose_process_breaks_off_is_told(
    sheets: tuple[Sheet, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reason: str,
    code: str,
    tries: int,
) -> None:
    """Of each of its files; what died is tried once more."""
    calls: list[object] = []

    def stopped(*arguments: object) -> Stopped:
        calls.append(arguments)
        return Stopped(reason)

    monkeypatch.setattr(module, "run_limited", stopped)
    seat = Seat(Worker(), Worker())
    handouts = hand_out_apart(seat, CAIRO, sheets, tmp_path, FONTS, tmp_path)
    assert [[one.code for one in handout.diagnostics] for handout in handouts] == [
        [code]
    ] * len(sheets)
    assert len(calls) == tries


def test_leaving_early_leaves_no_process(
    sheets: tuple[Sheet, ...], tmp_path: Path
) -> None:
    """As Ctrl-C does, while clinics are still waiting."""
    clinics = [replace(ROYAL, id=f"c{number}") for number in range(20)]
    before = set(multiprocessing.active_children())
    handouts = hand_out_many(clinics, sheets, tmp_path, FONTS, tmp_path, workers=2)
    next(handouts)
    handouts.close()  # type: ignore[attr-defined]
    assert set(multiprocessing.active_children()) <= before
    assert len(list(tmp_path.glob("c*"))) < len(clinics)


def test_the_list_of_digests_is_sorted_by_file(tmp_path: Path) -> None:
    """What was not made is not in it."""
    target = Target("tiny", "en", "sheet", "A4")
    handouts = [
        Handout("b", target, "b/x.pdf", "11", ()),
        Handout("a", target, "a/x.pdf", "22", ()),
        Handout("c", target, "c/x.pdf", "", ()),
    ]
    assert write_list(tmp_path, handouts) is None
    assert (tmp_path / "SHA256SUMS").read_text() == "22  a/x.pdf\n11  b/x.pdf\n"


def test_the_list_keeps_what_was_made_before(tmp_path: Path) -> None:
    """Files of other clinics stay listed while they are there, as they were."""
    digests = {}
    for name in ("a/x.pdf", "b/x.pdf", "c/x.pdf"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(name)
        digests[name] = sha256(name.encode()).hexdigest()
    target = Target("tiny", "en", "sheet", "A4")
    first = [Handout(name[0], target, name, digests[name], ()) for name in digests]
    assert write_list(tmp_path, first) is None
    (tmp_path / "a/x.pdf").unlink()
    (tmp_path / "b/x.pdf").write_text("by hand")
    assert write_list(tmp_path, ()) is None
    text = (tmp_path / "SHA256SUMS").read_text()
    assert text == f"{digests['c/x.pdf']}  c/x.pdf\n"
