"""Small pages to typeset, in every language that we ship and two that we do not."""

from dataclasses import replace
from pathlib import Path

from leaflets.checks.page.layout import check_layout
from leaflets.checks.page.preflight import check_pdf
from leaflets.diagnostics import Diagnostic, Location
from leaflets.languages.locale import find_locale
from leaflets.pages.composition import Asset, Box, Composition, Passage, Target
from leaflets.paper.rectangle import Margins
from leaflets.paper.sheet import Shop
from leaflets.pdf.engine.render import Rendered, render, use_fonts
from leaflets.pdf.read.inspect import inspect
from leaflets.pdf.write.finish import finish

ROOT = Path(__file__).resolve().parent.parent

TEXTS = {
    "en": "An affluent office: {n} of 55 people (see “MIST”).",
    "es": "¿Qué es la esclerosis múltiple? Más de {n} niños.",
    "fr": "Qu’est-ce que c’est ? {n} sur 100 œuvres.",
    "de": "Größe, Fußgänger und Überraschung: {n} Straßen.",
    "ru": "Рассеянный склероз: {n} человека, объём и ёлка.",
    "ar": "يُعالَج التصلب المتعدد لا محالة (\u2066MIST\u2069) نحو \u2066{n}\u2069 ساعة.",
    "he": "טרשת נפוצה (\u2066MS\u2069) ועוד \u2066{n}\u2069 שעות.",
    "zh_Hans": "多发性硬化（MS）：大约{n}人，“疲劳”。",
    "hi": "मल्टीपल स्क्लेरोसिस में क्या किस्त है? लगभग {n} लाख लोग।",
    "it": "Perché «così»? L’affetto di {n} città è già più che sufficiente.",
    "pt_BR": "Não é só isso: {n} pessoas têm “coração” e ânimo.",
    "nl": "Wat is dat? Ruim {n} op 100 (‘MIST’) zijn moe, één is ziek.",
    "pl": "Żółć, źdźbło i mózg: około {n} osób ma „łagodną” postać.",
    "sv": "Många får ångest: {n} av 55 (”skov”) på två år.",
    "tr": "İyileşme ağır, kılıf ince: {n} kişi için ışık “şart”.",
    "uk": "Їжак, ґрунт і м’яз: {n} людей мають «є» та «ї».",
    "el": "Τι είναι; Περίπου {n} άνθρωποι (οι «ίνες») και ΐ, ΰ.",
    "ro": "Știința și țesutul: „{n} oameni” în București, câți mâine?",
    "fa": "پیگیری ام‌اس (\u2066MIST\u2069) نزدیک \u2066{n}\u2069 ساعت می‌کشد؟",
    "ur": "ایم ایس (\u2066MIST\u2069) میں تقریباً \u2066{n}\u2069 لوگ ہیں۔",
    "bn": "মাল্টিপল স্ক্লেরোসিস কী? প্রায় {n} জন মানুষ।",
    "zh_Hant": "多發性硬化症（MS）：大約{n}人，「疲勞」。",
    "ja": "多発性硬化症（MS）は約{n}人。「つかれ」ますか？",
    "ko": "다발성경화증(MS)은 약 {n}명입니다. “피로”인가요?",
    "vi": "Bệnh đa xơ cứng: khoảng {n} người, “mệt mỏi” và ẩm ướt.",
    "ka": "გაფანტული სკლეროზი: დაახლოებით {n} ადამიანი, „დაღლა“.",
    "am": "መልቲፕል ስክለሮሲስ ምንድን ነው? ወደ {n} ሰዎች።",
}
SHOP = Shop(
    name="europe",
    paper="A4",
    profile="fogra39",
    condition="FOGRA39",
    bleed=3.0,
    safe=5.0,
    ink=280.0,
    line=0.25,
    ppi=300,
    marks=False,
    caliper=0.1,
    stock="135 g/m² coated",
    colours="4/4",
    quantity=1000,
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>'
LOREM = "Words that fill the line until it breaks and go on for a while. " * 6


def page(
    name: str = "en",
    text: str = "",
    *,
    body: str = "",
    css: str = "",
    size: float = 12,
) -> Composition:
    """Compose one passage, `p1`, in a locale; `body` replaces the HTML around it."""
    locale = find_locale(name)
    assert locale
    text = text or f"{TEXTS[name].format(n=24)} {TEXTS[name].format(n=68)}"
    families = ", ".join(f'"{one}"' for one in locale.setting.families)
    body = body or f'<p id="p1" data-passage>{text}</p>'
    style = (
        "@page { size: 210mm 297mm; margin: 20mm; @top-left { content: element(h); vertical-align: bottom; padding-bottom: 4mm } }"
        f"html {{ font: {size}pt/18pt {families} }}"
        ".h { position: running(h) }" + css
    )
    html = (
        f'<!DOCTYPE html><html lang="{locale.tag}" dir="{locale.direction}"><head>'
        "<title>A page</title></head><body>"
        f'<div class="h"><span data-furniture>DRAFT</span></div>{body}</body></html>'
    )
    place = Location("content/a.md", 3)
    return Composition(
        target=Target("a", name, "sheet", "A4"),
        language=locale.tag,
        direction=locale.direction,
        title="A page",
        html=html,
        stylesheet=style,
        assets=(),
        families=locale.setting.families,
        passages=(
            Passage(
                key="p1",
                text=text,
                source=place,
                translation=Location("locales/x.po", 7),
            ),
        ),
        furniture=("DRAFT",),
        boxes=(),
        page_size=(210.0, 297.0),
        margins=Margins.all_round(8.0),
        page_limit=2,
        minimum_size=10.0,
        standing="draft",
        date="2026-01-01T00:00:00Z",
        location=Location("content/a.md", 1),
    )


def typeset(made: Composition) -> tuple[Rendered, bytes]:
    """Render and finish with the project's fonts."""
    use_fonts(ROOT / "build" / "fonts.conf")
    rendered = render(made)
    return rendered, finish(rendered.data, made)


def findings(made: Composition, data: bytes | None = None) -> list[Diagnostic]:
    """Typeset a page and list everything that is found; `data` replaces the PDF."""
    rendered, finished = typeset(made)
    facts = inspect(data or finished, rendered.layout, made)
    return [
        *rendered.diagnostics,
        *check_layout(rendered.layout, made),
        *check_pdf(facts, rendered.layout, made),
    ]


def codes(made: Composition, data: bytes | None = None) -> list[str]:
    """List the codes of what is found, each once."""
    return list(dict.fromkeys(one.code for one in findings(made, data)))


def with_image(source: str, data: bytes | None = None) -> Composition:
    """Compose a page that shows an image."""
    made = page(body=f'<p id="p1" data-passage>Words</p><img src="{source}" alt="A">')
    made = replace(made, passages=(replace(made.passages[0], text="Words"),))
    if data is None:
        return made
    return replace(made, assets=(Asset("a.svg", "image/svg+xml", data),))


def with_label(text: str, width: float, height: float) -> Composition:
    """Compose a label in a box of fixed size, in mm."""
    style = f"position: absolute; left: 20mm; top: 20mm; width: {width}mm"
    made = page(text=text, body=f'<p id="p1" data-passage style="{style}">{text}</p>')
    box = Box("p1", height, width, Location("locales/x.po", 9))
    return replace(made, boxes=(box,))
