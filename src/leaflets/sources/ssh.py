"""Keys: whose key signed a record (door to ssh-keygen).

Takes a statement and a key of OpenSSH and gives a signature over it, or verifies one
against the project's list of allowed signers.  Nothing is written but a scratch folder
that is gone again.
"""

import base64
import binascii
import struct
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.digest import digest_bytes
from leaflets.sources.signatures import Signer

CODE = "signature-key"
PROGRAM = "ssh-keygen"
NAMESPACE = "leaflets"
ALLOWED = "reviews/allowed_signers"
"""Who may sign with which key; ssh-keygen(1), ALLOWED SIGNERS."""
MAGIC = b"SSHSIG"
PATIENCE = 20
"""Seconds after which ssh-keygen is not waited for, where nobody is asked anything."""
MISSING = f"{PROGRAM} is not on this machine"
INSTALL = "install OpenSSH: apt-get install openssh-client"


def sign_statement(statement: bytes, key: Path) -> bytes:
    """Sign a statement; LeafletsError where the key cannot.

    The key is a private one, or a public one whose private half an agent holds; who has
    a passphrase is asked for it on the terminal.
    """
    command = [PROGRAM, "-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE]
    try:
        done = subprocess.run(
            command, input=statement, capture_output=True, check=False
        )
    except OSError:
        raise LeafletsError((_failed(MISSING, INSTALL),)) from None
    if done.returncode or MAGIC not in _blob(done.stdout):
        raise LeafletsError((_failed(f"the key does not sign: {_said(done.stderr)}"),))
    return done.stdout


def signer_of(
    statement: bytes, signature: bytes, allowed: bytes | None, place: Location
) -> tuple[Signer | None, tuple[Diagnostic, ...]]:
    """Verify a signature over a statement; say whose it is, or what is wrong."""
    if allowed is None:
        hint = f"write {ALLOWED}: a name and a public key on each line"
        return None, (_failed(f"there is no {ALLOWED}", hint, place),)
    try:
        principal, good = verified(statement, signature, allowed)
    except OSError:
        return None, (_failed(MISSING, INSTALL, place),)
    except subprocess.TimeoutExpired:
        return None, (_failed(f"{PROGRAM} does not answer", place=place),)
    if not principal:
        hint = f"{ALLOWED} has no line for it that holds today"
        why = "nobody is known by the key of this signature"
        return None, (_failed(why, hint, place),)
    if any(char in principal for char in "*?"):
        hint = "write the name of one person before each key"
        why = f'"{principal}" in {ALLOWED} is no person'
        return None, (_failed(why, hint, place),)
    if not good:
        hint = "sign again with `--key` of `leaflets sign`"
        why = "this is no signature of what the record says now"
        return None, (_failed(why, hint, place),)
    return Signer(principal, digest_bytes(_public_key(signature))), ()


def verified(data: bytes, signature: bytes, allowed: bytes) -> tuple[str, bool]:
    """Ask whose key made a signature, and whether it is one over the data.

    The name is that of the line of `allowed`, as it stands there; empty where no line
    has the key, or none that holds today.  OSError where the program is not there,
    TimeoutExpired where it does not answer.
    """
    with TemporaryDirectory() as folder:
        list_path, sig_path = Path(folder, "allowed"), Path(folder, "sig")
        list_path.write_bytes(allowed)
        sig_path.write_bytes(signature)
        files = ["-f", str(list_path), "-s", str(sig_path)]
        found = _run(["find-principals", *files], b"")
        names = found.stdout.decode("utf-8", "replace").splitlines()
        principal = names[0].strip() if names and not found.returncode else ""
        if not principal:
            return "", False
        named = ["verify", *files, "-I", principal.split(",")[0], "-n", NAMESPACE]
        return principal, _run(named, data).returncode == 0


def _run(words: list[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [PROGRAM, "-Y", *words]
    return subprocess.run(
        command, input=data, capture_output=True, check=False, timeout=PATIENCE
    )


def _blob(armored: bytes) -> bytes:
    """Read what stands between the lines of a signature; nothing where it is none."""
    lines = [line for line in armored.splitlines() if not line.startswith(b"-----")]
    try:
        return base64.b64decode(b"".join(lines), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _public_key(armored: bytes) -> bytes:
    """Return the public key that a signature names (PROTOCOL.sshsig, 1)."""
    blob = _blob(armored)
    start = len(MAGIC) + 4
    if len(blob) < start + 4:
        return b""
    (length,) = struct.unpack(">I", blob[start : start + 4])
    return blob[start + 4 : start + 4 + length]


def _failed(why: str, hint: str = "", place: Location | None = None) -> Diagnostic:
    return error(CODE, why, place or Location(ALLOWED), hint)


def _said(output: bytes) -> str:
    """Read the last line that a program says, as one that a terminal can show."""
    lines = output.decode("utf-8", "replace").strip().splitlines()
    text = lines[-1] if lines else "no reason is given"
    return "".join(char if char.isprintable() else "\ufffd" for char in text)[:200]
