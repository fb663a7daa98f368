"""Write docs/templates.md from the contract between templates and code."""

from pathlib import Path

from leaflets.files import put
from leaflets.pages.reference import PATH, template_reference

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Read the templates, write the page."""
    templates = {
        path.name: path.read_text(encoding="utf-8")
        for path in (ROOT / "templates").iterdir()
    }
    put(template_reference(templates).encode(), ROOT, PATH)


if __name__ == "__main__":
    main()
