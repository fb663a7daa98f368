"""Write docs/templates.md from the contract between templates and code."""

from pathlib import Path

from leaflets.pages.reference import PATH, template_reference

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Read the templates, write the page."""
    templates = {
        path.name: path.read_text(encoding="utf-8")
        for path in (ROOT / "templates").iterdir()
    }
    (ROOT / PATH).write_text(template_reference(templates), encoding="utf-8")


if __name__ == "__main__":
    main()
