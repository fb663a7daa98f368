"""The tiny project: one leaflet, one figure, three locales."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PROJECT = """[tool.leaflets]
source = "en"
locales = ["en", "ar", "zh_Hans"]
publisher = ""
funding = ""

[tool.leaflets.edition.sheet]
template = "sheet.html"
papers = ["A4"]
size = 12
smallest = 10
pages = 4
margin = 8

[tool.leaflets.clinic]

[tool.leaflets.clinic.contacts]
team = "+00 30 1234-567"
"""

FAMILY = """name = "Tiny leaflets"
title = "All tiny leaflets"

[contact.team]
label = "Your team"

[contact.emergency]
label = "Emergency number"

[contact.urgent]
label = "Urgent help line"

[kind.information]
boxes = ["summary", "emergency", "call", "known", "unknown", "questions", "note"]

[[claim]]
words = ["miracle*", "risk-free"]
unless = ["warning-signs"]
reason = "no study shows it"
"""

LEAFLET = """+++
id = "tiny"
order = 1
title = "A tiny leaflet"
promise = "What a test needs."
kind = "information"
version = "0.1.0"
written = 2026-01-02
evidence = 2026-01-01
review_by = 2028-01-02
+++

::: summary
### In short

{src="atlas"}
About {people} people live with MS. **Ask** your team.
:::

::: emergency {contacts="emergency"}
### Get help now

- You cannot breathe.
- You cannot swallow.
:::

## How it shows

{src="atlas"}
A relapse lasts more than {hours} hours. The MIST study asked {people} people.

![A box and a line](figures/box.svg "What a figure needs")

::: call {contacts="team urgent"}
### When to call

Call your team if you have a fever.
:::

::: known
### What is known

Much is known.
:::

::: unknown
### What is not known

More is not known.
:::

::: questions
### Questions to ask

- What can I do?
:::

::: note
### About this leaflet

This leaflet does not replace advice.
:::
"""

FACTS = """[people]
value = 2800000
kind = "compact"
unit = "people"
source = "atlas"
as_of = 2020-09-11

[hours]
value = 24
kind = "number"
unit = "hours"
source = "atlas"
as_of = 2020-09-11
"""

NAMES = """latin = ["MIST", "MS"]
"""

SOURCES = """[atlas]
cite = "A source for tests."
url = "https://example.org/atlas"
doi = ""
date = 2020-09-11
read = "primary"
"""

FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 30" width="160mm"
     height="30mm" data-mirror="yes">
  <title>A box</title>
  <rect x="1" y="1" width="60" height="28" fill="#dcebed" stroke="#0b5563"/>
  <text id="box" x="3" y="3" data-width="56" data-height="22"
        font-size="4.23">A box to look at</text>
</svg>
"""

WORDS = {
    "ar": {
        "Tiny leaflets": "نشرات صغيرة",
        "All tiny leaflets": "كل النشرات الصغيرة",
        "Your team": "فريقك",
        "Emergency number": "رقم الطوارئ",
        "Urgent help line": "خط المساعدة العاجلة",
        "A tiny leaflet": "نشرة صغيرة",
        "What a test needs.": "ما يحتاجه الاختبار.",
        "In short": "باختصار",
        "About {people} people live with MS. **Ask** your team.": "يعيش نحو {people} شخص مع التصلب المتعدد. **اسأل** فريقك.",
        "Get help now": "اطلب المساعدة الآن",
        "You cannot breathe.": "لا تستطيع التنفس.",
        "You cannot swallow.": "لا تستطيع البلع.",
        "How it shows": "كيف يظهر المرض",
        "A relapse lasts more than {hours} hours. The MIST study asked {people} "
        "people.": "تستمر الانتكاسة أكثر من {hours} ساعة. سألت دراسة MIST نحو {people} شخص.",
        "What a figure needs": "ما يحتاجه الشكل",
        "A box and a line": "مربع وخط",
        "A box to look at": "مربع للنظر إليه",
        "When to call": "متى تتصل",
        "Call your team if you have a fever.": "اتصل بفريقك إذا أصبت بالحمى.",
        "What is known": "ما هو معروف",
        "Much is known.": "يُعرف الكثير.",
        "What is not known": "ما ليس معروفًا",
        "More is not known.": "والأكثر ليس معروفًا.",
        "Questions to ask": "أسئلة تطرحها",
        "What can I do?": "ماذا يمكنني أن أفعل؟",
        "About this leaflet": "عن هذه النشرة",
        "This leaflet does not replace advice.": "لا تحل هذه النشرة محل المشورة.",
    },
    "zh_Hans": {
        "Tiny leaflets": "小传单",
        "All tiny leaflets": "所有小传单",
        "Your team": "您的团队",
        "Emergency number": "急救电话",
        "Urgent help line": "紧急求助热线",
        "A tiny leaflet": "一份小传单",
        "What a test needs.": "测试所需要的内容。",
        "In short": "简而言之",
        "About {people} people live with MS. **Ask** your team.": "大约有{people}人患有多发性硬化。请**询问**您的团队。",
        "Get help now": "立即求助",
        "You cannot breathe.": "您无法呼吸。",
        "You cannot swallow.": "您无法吞咽。",
        "How it shows": "如何表现",
        "A relapse lasts more than {hours} hours. The MIST study asked {people} "
        "people.": "复发持续超过{hours}小时。MIST研究询问了{people}人。",
        "What a figure needs": "图片所需要的内容",
        "A box and a line": "一个方框和一条线",
        "A box to look at": "可以看的方框",
        "When to call": "何时打电话",
        "Call your team if you have a fever.": "如果发烧，请联系您的团队。",
        "What is known": "已知的内容",
        "Much is known.": "已经知道很多。",
        "What is not known": "未知的内容",
        "More is not known.": "还有更多不知道。",
        "Questions to ask": "要问的问题",
        "What can I do?": "我能做什么？",
        "About this leaflet": "关于本传单",
        "This leaflet does not replace advice.": "本传单不能代替医生的建议。",
    },
}


TRIFOLD = """
[tool.leaflets.edition.trifold]
template = "trifold.html"
papers = ["A4"]
size = 13
least = 10.5
smallest = 10
pages = 6
margin = 7
fold = "z"
text = "short"
keyed = true
"""
BILINGUAL = """
[tool.leaflets.edition.bilingual]
template = "bilingual.html"
papers = ["A4"]
size = 12
smallest = 10
pages = 40
margin = 8
keyed = true
beside = ["en"]
on_request = true
"""
"""Tables of more editions, for the end of the project file."""


def write_project(root: Path) -> None:
    """Write the tiny project below a folder; templates are the real ones."""
    (root / "content" / "figures").mkdir(parents=True)
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "content" / "tiny.md").write_text(LEAFLET, encoding="utf-8")
    (root / "content" / "family.toml").write_text(FAMILY, encoding="utf-8")
    (root / "content" / "facts.toml").write_text(FACTS, encoding="utf-8")
    (root / "content" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (root / "content" / "names.toml").write_text(NAMES, encoding="utf-8")
    (root / "content" / "figures" / "box.svg").write_text(FIGURE, encoding="utf-8")
    shutil.copytree(ROOT / "templates", root / "templates")
    for locale, words in WORDS.items():
        write_catalog(root, locale, words | furniture(locale))


def furniture(locale: str) -> dict[str, str]:
    """Take the words of the templates from the project's own catalog."""
    from leaflets.sources.catalogs.catalog import read_catalog
    from leaflets.sources.catalogs.template_messages import template_messages

    path = ROOT / "locales" / locale / "LC_MESSAGES" / "messages.po"
    catalog, _ = read_catalog(path.read_bytes(), str(path), locale)
    templates = {
        one.name: one.read_text(encoding="utf-8")
        for one in (ROOT / "templates").iterdir()
    }
    found = {}
    for text, _ in template_messages(templates):
        message = catalog.lookup("", text)
        assert message, text
        found[text] = message.translation
    return found


def write_catalog(root: Path, locale: str, words: dict[str, str]) -> Path:
    """Write a catalog by hand: independent of the writer under test."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    head = f"Language: {locale}\\nContent-Type: text/plain; charset=UTF-8\\n"
    lines = ['msgid ""', f'msgstr "{head}"', ""]
    for text, translation in words.items():
        lines += [f"msgid {quoted(text)}", f"msgstr {quoted(translation)}", ""]
    path = root / "locales" / locale / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def line_of(path: Path, text: str) -> int:
    """Find the line of a file that holds a text."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text in line:
            return number
    raise AssertionError(f"{text!r} is not in {path}")
