"""Signatures on the lists: good, bad, missing, and what cannot be checked."""

import subprocess
from pathlib import Path

import pytest

from leaflets.build.manifest import MANIFEST
from leaflets.build.signature import check_signatures
from leaflets.diagnostics import has_errors
from leaflets.sources.ssh import ALLOWED, NAMESPACE

NAME = "publisher@example.org"


def keygen(*words: str) -> None:
    subprocess.run(["ssh-keygen", *words], check=True, capture_output=True)


def make_key(path: Path) -> str:
    """Make a key without a passphrase; its public half."""
    keygen("-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path))
    return path.with_suffix(".pub").read_text().strip()


def sign(path: Path, key: Path, namespace: str = NAMESPACE) -> None:
    """Sign a file as docs/releases.md says."""
    keygen("-Y", "sign", "-n", namespace, "-f", str(key), str(path))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a build folder with a manifest, and a project that names one signer."""
    key = make_key(tmp_path / "key")
    signers = tmp_path / ALLOWED
    signers.parent.mkdir()
    signers.write_text(f'{NAME} namespaces="{NAMESPACE}" {key}\n')
    build = tmp_path / "build"
    build.mkdir()
    (build / MANIFEST).write_text("{}")
    return build


def said(folder: Path) -> str:
    """Return the one thing that is said; an error begins with a mark."""
    (found,) = check_signatures(folder.parent, folder)
    assert found.code == "list-signature"
    assert found.location.path.startswith("build/")
    return ("! " if has_errors((found,)) else "") + found.message


def test_a_good_signature_names_who_signed(folder: Path, tmp_path: Path) -> None:
    """It was made with public tools, and is checked with them."""
    sign(folder / MANIFEST, tmp_path / "key")
    assert said(folder) == f"it is a good signature of {NAME}"


def test_a_changed_list_has_a_bad_signature(folder: Path, tmp_path: Path) -> None:
    """One byte of the list, and the signature is not one on this file."""
    sign(folder / MANIFEST, tmp_path / "key")
    (folder / MANIFEST).write_text("{ }")
    assert said(folder) == f"! it is not a signature of {NAME} on this file"


def test_a_signature_for_another_purpose_is_bad(folder: Path, tmp_path: Path) -> None:
    """A key signs mails as well: the namespace keeps them apart."""
    sign(folder / MANIFEST, tmp_path / "key", "email")
    assert said(folder).startswith("! ")


def test_a_stranger_has_signed_nothing(folder: Path, tmp_path: Path) -> None:
    """A key that the project does not name, and bytes that are no signature."""
    make_key(tmp_path / "other")
    sign(folder / MANIFEST, tmp_path / "other")
    assert said(folder).startswith("! nobody in reviews/allowed_signers has the key")
    (folder / f"{MANIFEST}.sig").write_bytes(b"\0nonsense")
    assert said(folder).startswith("! ")


def test_a_link_is_no_signature(folder: Path, tmp_path: Path) -> None:
    """Nothing is read through it."""
    sign(folder / MANIFEST, tmp_path / "key")
    path = folder / f"{MANIFEST}.sig"
    path.rename(tmp_path / "sig")
    path.symlink_to(tmp_path / "sig")
    assert "symbolic link" in said(folder)
    assert said(folder).startswith("! ")


def test_without_signers_nothing_is_claimed(folder: Path, tmp_path: Path) -> None:
    """That it cannot be checked is said, and that a list is not signed."""
    assert said(folder) == "it is not signed"
    sign(folder / MANIFEST, tmp_path / "key")
    (tmp_path / ALLOWED).unlink()
    assert said(folder).startswith("it cannot be checked: the project has no")


def test_without_ssh_nothing_is_claimed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without OpenSSH says so, and does not call it good."""
    sign(folder / MANIFEST, tmp_path / "key")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert said(folder).startswith("it cannot be checked: ssh-keygen does not run")
