"""A project on another disease, as its authors would write it, in four languages."""

import shutil
from pathlib import Path

from tiny import ROOT, furniture, write_catalog

PROJECT = """[tool.leaflets]
source = "en"
locales = ["en", "de", "ar", "zh_Hans"]
publisher = ""
funding = ""

[tool.leaflets.edition.sheet]
template = "sheet.html"
papers = ["A4"]
size = 12
smallest = 10
pages = 4
margin = 8

[[tool.babel.mappings]]
method = "leaflets_markdown"
pattern = "content/**.md"

[[tool.babel.mappings]]
method = "jinja2"
pattern = "templates/**"
"""
HEAD = """+++
id = "sugar"
order = 1
title = "Blood sugar: {checks} checks a year"
promise = "What is measured, and why."
kind = "information"
version = "0.1.0"
written = 2026-01-02
evidence = 2026-01-01
review_by = 2028-01-02
+++

::: summary
### In short

{src="guide"}
Your blood sugar is measured {checks} times a year. **Ask** your team.
:::

::: emergency {contacts="emergency"}
### Get help now

- You cannot breathe.
- You cannot swallow.
:::
"""
BODY = """
## What is measured

{src="guide"}
HbA1c shows your sugar over {months} months. In type 2 diabetes it should not be high.

{src="guide" in="short"}
| Test | What is usual | How often |
|---|---:|---|
| HbA1c | below {target} mmol/mol | {checks} times a year |
| Blood pressure | below {upper} / {lower} mmHg | at each visit |
| Feet | no wounds, and you **feel** a light touch on every toe | once a year |

## What the words mean

{src="guide" in="short"}
Low sugar
: There is too little sugar in your blood. You may shake and sweat.

High sugar
: There is too much sugar in your blood.
: You may be very thirsty.
"""
TAIL = """
::: call {contacts="urgent"}
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
FAMILY = """name = "Diabetes"
title = "Leaflets on diabetes"

[contact.emergency]
label = "Emergency number"

[contact.urgent]
label = "Urgent help line"

[kind.information]
boxes = ["summary", "emergency", "call", "known", "unknown", "questions", "note"]
"""
NAMES = """latin = []

[[name]]
text = "HbA1c"

[[name]]
text = "type 2"
de = "Typ 2"
ar = "النوع 2"
zh_Hans = "2型"
"""
FACTS = """[target]
value = 53
kind = "number"
unit = "mmol"
source = "guide"
as_of = 2025-05-01

[upper]
value = 140
kind = "number"
unit = "mmHg"
source = "guide"
as_of = 2025-05-01

[lower]
value = 80
kind = "number"
unit = "mmHg"
source = "guide"
as_of = 2025-05-01

[checks]
value = 4
kind = "number"
source = "guide"
as_of = 2025-05-01

[months]
value = 3
kind = "number"
unit = "months"
source = "guide"
as_of = 2025-05-01
"""
SOURCES = """[guide]
cite = "A guide for tests."
url = "https://example.org/guide"
doi = ""
date = 2025-05-01
read = "primary"
"""
WORDS = {
    "Diabetes": ("Zuckerkrankheit", "السكري", "糖尿病"),
    "Leaflets on diabetes": (
        "Blätter zur Zuckerkrankheit",
        "نشرات عن السكري",
        "糖尿病传单",
    ),
    "Emergency number": ("Notruf", "رقم الطوارئ", "急救电话"),
    "Urgent help line": ("Dringende Hilfe", "خط المساعدة العاجلة", "紧急求助热线"),
    "Blood sugar: {checks} checks a year": (
        "Blutzucker: {checks} Messungen im Jahr",
        "سكر الدم: {checks} قياسات في السنة",
        "血糖：每年检查{checks}次",
    ),
    "What is measured, and why.": (
        "Was gemessen wird, und warum.",
        "ما الذي يُقاس، ولماذا.",
        "测量什么，为什么。",
    ),
    "In short": ("Kurz gesagt", "باختصار", "简而言之"),
    "Your blood sugar is measured {checks} times a year. **Ask** your team.": (
        "Ihr Blutzucker wird {checks} Mal im Jahr gemessen. **Fragen** Sie Ihr Team.",
        "يُقاس سكر دمك {checks} مرات في السنة. **اسأل** فريقك.",
        "您的血糖每年测量{checks}次。请**询问**您的团队。",
    ),
    "Get help now": ("Holen Sie jetzt Hilfe", "اطلب المساعدة الآن", "立即求助"),
    "You cannot breathe.": (
        "Sie können nicht atmen.",
        "لا تستطيع التنفس.",
        "您无法呼吸。",
    ),
    "You cannot swallow.": (
        "Sie können nicht schlucken.",
        "لا تستطيع البلع.",
        "您无法吞咽。",
    ),
    "What is measured": ("Was gemessen wird", "ما الذي يُقاس", "测量什么"),
    "HbA1c shows your sugar over {months} months. In type 2 diabetes it should not be high.": (
        "HbA1c zeigt Ihren Zucker über {months} Monate. Bei Typ 2 soll er nicht hoch sein.",
        "يُظهر فحص HbA1c سكرك خلال {months} أشهر. في السكري من النوع 2 يجب ألا يكون مرتفعًا.",
        "HbA1c显示您{months}个月的血糖。2型糖尿病患者的数值不应过高。",
    ),
    "Test": ("Untersuchung", "الفحص", "检查"),
    "What is usual": ("Was üblich ist", "المعتاد", "通常数值"),
    "How often": ("Wie oft", "كم مرة", "多久一次"),
    "HbA1c": ("HbA1c", "HbA1c", "HbA1c"),
    "below {target} mmol/mol": (
        "unter {target} mmol/mol",
        "أقل من {target} mmol/mol",
        "低于{target} mmol/mol",
    ),
    "{checks} times a year": (
        "{checks} Mal im Jahr",
        "{checks} مرات في السنة",
        "每年{checks}次",
    ),
    "Blood pressure": ("Blutdruck", "ضغط الدم", "血压"),
    "below {upper} / {lower} mmHg": (
        "unter {upper} / {lower} mmHg",
        "أقل من {upper} / {lower} mmHg",
        "低于{upper} / {lower} mmHg",
    ),
    "at each visit": ("bei jedem Besuch", "في كل زيارة", "每次就诊"),
    "Feet": ("Füße", "القدمان", "双脚"),
    "no wounds, and you **feel** a light touch on every toe": (
        "keine Wunden, und Sie **spüren** eine leichte Berührung an jeder Zehe",
        "لا جروح، و**تشعر** بلمسة خفيفة على كل إصبع",
        "没有伤口，每个脚趾都能**感到**轻触",
    ),
    "once a year": ("einmal im Jahr", "مرة في السنة", "每年一次"),
    "What the words mean": ("Was die Wörter bedeuten", "ما معنى الكلمات", "词语的意思"),
    "Low sugar": ("Niedriger Zucker", "انخفاض السكر", "低血糖"),
    "There is too little sugar in your blood. You may shake and sweat.": (
        "In Ihrem Blut ist zu wenig Zucker. Vielleicht zittern und schwitzen Sie.",
        "في دمك القليل جدًا من السكر. قد ترتجف وتتعرق.",
        "您的血液中糖太少。您可能会发抖和出汗。",
    ),
    "High sugar": ("Hoher Zucker", "ارتفاع السكر", "高血糖"),
    "There is too much sugar in your blood.": (
        "In Ihrem Blut ist zu viel Zucker.",
        "في دمك الكثير جدًا من السكر.",
        "您的血液中糖太多。",
    ),
    "You may be very thirsty.": (
        "Vielleicht haben Sie großen Durst.",
        "قد تشعر بعطش شديد.",
        "您可能会非常口渴。",
    ),
    "When to call": ("Wann Sie anrufen", "متى تتصل", "何时打电话"),
    "Call your team if you have a fever.": (
        "Rufen Sie Ihr Team an, wenn Sie Fieber haben.",
        "اتصل بفريقك إذا أصبت بالحمى.",
        "如果发烧，请联系您的团队。",
    ),
    "What is known": ("Was man weiß", "ما هو معروف", "已知的内容"),
    "Much is known.": ("Vieles ist bekannt.", "يُعرف الكثير.", "已经知道很多。"),
    "What is not known": ("Was man nicht weiß", "ما ليس معروفًا", "未知的内容"),
    "More is not known.": (
        "Mehr ist nicht bekannt.",
        "والأكثر ليس معروفًا.",
        "还有更多不知道。",
    ),
    "Questions to ask": (
        "Fragen, die Sie stellen können",
        "أسئلة تطرحها",
        "要问的问题",
    ),
    "What can I do?": ("Was kann ich tun?", "ماذا يمكنني أن أفعل؟", "我能做什么？"),
    "About this leaflet": ("Über dieses Blatt", "عن هذه النشرة", "关于本传单"),
    "This leaflet does not replace advice.": (
        "Dieses Blatt ersetzt keine Beratung.",
        "لا تحل هذه النشرة محل المشورة.",
        "本传单不能代替医生的建议。",
    ),
}
LOCALES = ("de", "ar", "zh_Hans")


def write_diabetes(root: Path, body: str = BODY) -> Path:
    """Write the project below a folder; `body` is what stands between its boxes."""
    (root / "content").mkdir(parents=True)
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "content" / "sugar.md").write_text(HEAD + body + TAIL, encoding="utf-8")
    (root / "content" / "facts.toml").write_text(FACTS, encoding="utf-8")
    (root / "content" / "family.toml").write_text(FAMILY, encoding="utf-8")
    (root / "content" / "names.toml").write_text(NAMES, encoding="utf-8")
    (root / "content" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    shutil.copytree(ROOT / "templates", root / "templates")
    for index, locale in enumerate(LOCALES):
        words = {text: translations[index] for text, translations in WORDS.items()}
        write_catalog(root, locale, words | furniture(locale))
    return root
