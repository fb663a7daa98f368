"""Keys: a signature is one person's, and of what the record says now."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaflets.build.front import Front, analyse
from leaflets.cli.main import main
from leaflets.diagnostics import LeafletsError, Location
from leaflets.sources import ssh
from leaflets.sources.signatures import ROLES
from leaflets.sources.ssh import ALLOWED, sign_statement, signer_of
from signing import EPOCH, change, sign

PLACE = Location("reviews/en/tiny.clinician.sig")
STATEMENT = b'leaflets sign-off 2\nname = "Placeholder Clinician"\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make a key for each role, of nobody."""
    folder = tmp_path_factory.mktemp("keys")
    paths = {}
    for role in (*ROLES, "stranger"):
        paths[role] = folder / role
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", role]
        subprocess.run([*command, "-f", paths[role]], check=True)
    return paths


def allowed(made: dict[str, Path], **names: str) -> bytes:
    """Write a list of those who may sign: a name before each public key."""
    lines = [
        f"{name} {made[role].with_suffix('.pub').read_text('utf-8').strip()}\n"
        for role, name in names.items()
    ]
    return "".join(lines).encode()


def everybody(made: dict[str, Path]) -> bytes:
    return allowed(made, **{role: f"{role}@example.org" for role in ROLES})


def words(statement: bytes, proof: bytes, names: bytes | None) -> str:
    signer, found = signer_of(statement, proof, names, PLACE)
    assert (signer is None) == bool(found)
    assert all(one.code == "signature-key" for one in found)
    return found[0].message if found else ""


def test_a_key_says_who_signed_what(made: dict[str, Path]) -> None:
    """The name is that of the list; another byte, key or list proves nothing."""
    proof = sign_statement(STATEMENT, made["clinician"])
    signer, found = signer_of(STATEMENT, proof, everybody(made), PLACE)
    assert not found
    assert signer
    assert signer.principal == "clinician@example.org"
    assert "no signature of what" in words(STATEMENT + b" ", proof, everybody(made))
    assert "nobody is known" in words(STATEMENT, proof, allowed(made, layout="l@x"))
    assert "nobody is known" in words(STATEMENT, b"no signature", everybody(made))
    assert "nobody is known" in words(STATEMENT, b"", everybody(made))
    assert f"there is no {ALLOWED}" in words(STATEMENT, proof, None)
    anybody = allowed(made, clinician="*@example.org")
    assert "is no person" in words(STATEMENT, proof, anybody)


def test_a_signature_for_another_purpose_proves_nothing(made: dict[str, Path]) -> None:
    """A signed commit or file is no sign-off."""
    command = ["ssh-keygen", "-Y", "sign", "-q", "-n", "git", "-f", made["clinician"]]
    done = subprocess.run(command, input=STATEMENT, capture_output=True, check=True)
    assert "no signature of what" in words(STATEMENT, done.stdout, everybody(made))


def test_one_key_under_two_names_is_one_person(made: dict[str, Path]) -> None:
    """The digest of the key tells, whatever the list calls it."""
    names = [
        signer_of(STATEMENT, sign_statement(STATEMENT, made[role]), listed, PLACE)[0]
        for role, listed in (
            ("clinician", allowed(made, clinician="a@example.org")),
            ("clinician", allowed(made, clinician="b@example.org")),
            ("layout", allowed(made, layout="c@example.org")),
        )
    ]
    assert all(names)
    first, again, other = (name.key for name in names if name)
    assert first == again != other


def test_a_key_that_cannot_sign_is_told(tmp_path: Path) -> None:
    """A file that is no key, or is away."""
    (tmp_path / "key").write_text("no key", "utf-8")
    for path in (tmp_path / "key", tmp_path / "away"):
        with pytest.raises(LeafletsError, match="the key does not sign"):
            sign_statement(STATEMENT, path)


def test_a_machine_without_openssh_says_so(
    made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be verified is not taken for verified."""
    proof = sign_statement(STATEMENT, made["clinician"])
    monkeypatch.setattr(ssh, "PROGRAM", "no-ssh-keygen-here")
    assert "is not on this machine" in words(STATEMENT, proof, everybody(made))
    with pytest.raises(LeafletsError, match="is not on this machine"):
        sign_statement(STATEMENT, made["clinician"])


def with_keys(root: Path, made: dict[str, Path], *, wanted: bool = True) -> None:
    path = root / "reviews" / "allowed_signers"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(everybody(made))
    if wanted:
        text = (root / "pyproject.toml").read_text("utf-8")
        table = '\n[tool.leaflets.release]\nsignatures = "ssh"\n'
        (root / "pyproject.toml").write_text(text + table, "utf-8")


def sign_with(root: Path, made: dict[str, Path], role: str, key: str = "") -> Result:
    return sign(root, "en", role, key=str(made[key or role]))


def seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> Front:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return analyse(root)


def codes(front: Front) -> list[str]:
    return [one.code for one in front.diagnostics if one.code.startswith("signature")]


def test_a_project_can_ask_for_keys(
    tiny: Path, made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With names alone nothing is approved; with keys on the list it is."""
    with_keys(tiny, made)
    for role in ("clinician", "layout"):
        assert sign(tiny, "en", role).exit_code == 0
    standing = seen(tiny, monkeypatch).standings["en", "tiny"]
    assert standing.name == "draft"
    assert "no key proves who signed as clinician" in standing.reasons[0]
    for role in ("clinician", "layout"):
        result = sign_with(tiny, made, role)
        assert result.exit_code == 0, result.output
    assert "standing: approved" in result.output
    front = seen(tiny, monkeypatch)
    assert front.standings["en", "tiny"].name == "approved"
    assert codes(front) == []
    change(tiny / "pyproject.toml", '"ssh"', '"names"')
    assert seen(tiny, monkeypatch).standings["en", "tiny"].name == "approved"


@pytest.mark.parametrize("wanted", [True, False])
def test_a_key_that_does_not_fit_ends_the_signature(
    tiny: Path, made: dict[str, Path], monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    """A record that was made anew under another name; also where names would do."""
    with_keys(tiny, made, wanted=wanted)
    for role in ("clinician", "layout"):
        sign_with(tiny, made, role)
    proof = (tiny / "reviews" / "en" / "tiny.clinician.sig").read_bytes()
    sign(tiny, "en", "clinician", credentials="Professor")
    (tiny / "reviews" / "en" / "tiny.clinician.sig").write_bytes(proof)
    front = seen(tiny, monkeypatch)
    (found,) = [one for one in front.diagnostics if one.code == "signature-key"]
    assert found.location == Location("reviews/en/tiny.clinician.sig")
    assert (found.subject.leaflet, found.subject.locale) == ("tiny", "en")
    standing = front.standings["en", "tiny"]
    assert standing.name == "draft"
    assert (
        "the key beside the clinician's signature does not fit it" in standing.reasons
    )


def test_a_signature_without_a_key_takes_the_old_one_away(
    tiny: Path, made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key is left beside what it did not sign."""
    with_keys(tiny, made, wanted=False)
    sign_with(tiny, made, "clinician")
    path = tiny / "reviews" / "en" / "tiny.clinician.sig"
    assert path.is_file()
    sign(tiny, "en", "clinician", credentials="Professor")
    assert not path.exists()
    assert codes(seen(tiny, monkeypatch)) == []


def test_one_key_in_two_roles_is_one_person(
    tiny: Path, made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever names are typed."""
    with_keys(tiny, made)
    sign_with(tiny, made, "clinician")
    sign_with(tiny, made, "layout", key="clinician")
    standing = seen(tiny, monkeypatch).standings["en", "tiny"]
    assert standing.reasons == ("clinician and layout are the same person",)


def test_a_key_off_the_list_is_told_when_it_signs(
    tiny: Path, made: dict[str, Path]
) -> None:
    """Whoever signs learns at once that nobody is known by the key."""
    with_keys(tiny, made)
    result = sign_with(tiny, made, "clinician", key="stranger")
    assert "the key beside the clinician's signature does not fit it" in result.output


@pytest.mark.parametrize(
    ("way", "told"), [("names", "unverified names"), ("ssh", "verified keys")]
)
def test_status_says_what_is_known_of_those_who_signed(
    tiny: Path, made: dict[str, Path], way: str, told: str
) -> None:
    """Names that anybody can type are called so."""
    with_keys(tiny, made, wanted=way == "ssh")
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH})
    result = runner.invoke(main, ["status", "--project", str(tiny)])
    assert f"signatures: {told}" in result.output


def test_another_way_to_sign_is_a_slip(tiny: Path) -> None:
    """The setting is read strictly."""
    path = tiny / "pyproject.toml"
    table = '\n[tool.leaflets.release]\nsignatures = "gpg"\n'
    path.write_text(path.read_text("utf-8") + table, "utf-8")
    result = CliRunner().invoke(main, ["status", "--project", str(tiny)])
    assert result.exit_code == 1
    assert '"gpg" is no way to sign' in result.output
    change(path, 'signatures = "gpg"', 'signature = "ssh"')
    result = CliRunner().invoke(main, ["status", "--project", str(tiny)])
    assert 'the release has no "signature"' in result.output
