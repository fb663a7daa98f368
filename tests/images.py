"""Pictures to print."""

import io

from PIL import Image, ImageDraw


def png(width: int = 600, height: int = 200, ink: str = "#cc0000") -> bytes:
    """Make a PNG that is clear but for a bar."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height), fill=ink)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
