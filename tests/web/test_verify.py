"""The site compared with what would be written now."""

from pathlib import Path

import pytest

from leaflets.build.front import Front
from leaflets.build.manifest import Manifest, read_manifest
from leaflets.diagnostics import LeafletsError
from leaflets.digest import digest_bytes
from leaflets.files import format_list
from leaflets.sources.material import read_without_catalogs
from leaflets.web.verify import SITE, files_of_site, shown_on_screen, verify_site


def test_pages_need_what_they_are_made_from(root: Path) -> None:
    """Without the edition that is shown on screen nothing is chosen, and it is named."""
    material, _ = read_without_catalogs(root)
    manifest, _ = read_manifest(root / "build")
    choice = shown_on_screen(material.project, manifest, root / "build")
    assert (choice.editions, choice.papers) == (("sheet",), ("A4",))
    with pytest.raises(LeafletsError) as caught:
        shown_on_screen(material.project, Manifest(), root / "build")
    assert "sheet is not built" in str(caught.value)


@pytest.mark.parametrize("desk", [False, True])
def test_a_site_is_compared_page_by_page(root: Path, front: Front, desk: bool) -> None:
    """As it is written, for a desk or without one, it is right; another page is told."""
    build = root / "build"
    manifest, _ = read_manifest(build)
    listed = build / SITE / ".files"
    before = listed.read_bytes()
    digests = {
        name: digest_bytes(data)
        for name, data in files_of_site(front, manifest, build, desk=desk)
    }
    try:
        listed.write_bytes(format_list(digests))
        assert verify_site(root, build, manifest, release=False) == ()
        other = {**digests, "en/tiny.html": 64 * "0", "evil.html": 64 * "1"}
        listed.write_bytes(format_list(other))
        problems = verify_site(root, build, manifest, release=False)
        assert [(one.code, one.location.path) for one in problems] == [
            ("not-as-listed", "build/site/en/tiny.html"),
            ("not-as-listed", "build/site/evil.html"),
        ]
    finally:
        listed.write_bytes(before)


def test_without_a_site_nothing_is_compared(root: Path, tmp_path: Path) -> None:
    """And one whose pages cannot be made is said not to be proven."""
    assert verify_site(root, tmp_path, Manifest(), release=False) == ()
    (tmp_path / SITE).mkdir()
    (tmp_path / SITE / ".files").write_bytes(b"")
    (found,) = verify_site(root, tmp_path, Manifest(), release=False)
    assert (found.code, str(found.severity)) == ("not-verified", "note")
