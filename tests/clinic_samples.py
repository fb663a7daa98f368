"""Three clinics that write in three scripts."""

from leaflets.clinics.fill import Sheet
from leaflets.clinics.list import ClinicText

ROYAL = ClinicText(
    id="royal",
    name="Royal Example Hospital",
    phone="+44 20 0000 0000",
    hours="Mon–Fri 9:00–17:00",
    address="1 Example Street, Example Town",
    interpreter="Ask at the desk",
    url="https://example.org/ms/{leaflet}",
)
CAIRO = ClinicText(
    id="cairo",
    name="مستشفى المثال",
    phone="+20 2 0000 0000",
    address="١ شارع المثال",
    language="ar",
)
BEIJING = ClinicText(
    id="beijing",
    name="示例医院神经内科",
    phone="+86 10 0000 0000",
    hours="周一至周五",
    language="zh-Hans",
)


def sheet_in(sheets: tuple[Sheet, ...], locale: str) -> Sheet:
    """Pick the file of a language."""
    return next(sheet for sheet in sheets if sheet.target.locale == locale)
