"""What the demo shows of the house itself: adverts in each place, and readings of a week for the lists of most read."""

import random
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from articles.models import Article, MostRead, Picture, ReadingHour
from articles.models.readings import hour_of
from newsroom.demo import content
from newsroom.demo.drawing import draw
from newsroom.models import Advert

HOURS = 7 * 24
BUSIEST = 240  # readings of the first article in its first hour, at most
COOLING = 0.93  # what an hour leaves of the readers of the hour before


class House:
    """One run at `now`; what is there already stays as it is."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.chance = random.Random("readings")  # noqa: S311 (the same readers on every machine)

    def fill(self) -> None:
        if not Advert.objects.exists():
            for row in content.read("portal")["advert"]:
                self._advert(row)
        if not ReadingHour.objects.exists():
            for article in Article.objects.published(self.now):
                self._readings(article)
            MostRead.objects.renew(self.now)

    def _advert(self, row: dict[str, Any]) -> None:
        banner = ContentFile(crop(draw(row["scene"], row["name"]), *row["shape"]), name="advert.png")
        words = {name: text for name, text in row.items() if name.startswith(("alt_", "caption_"))}
        picture = Picture.objects.create(file=banner, **words)
        Advert.objects.create(name=row["name"], slot=row["slot"], address=row["address"], picture=picture)

    def _readings(self, article: Article) -> None:
        """Many at first, then fewer every hour; some articles draw more readers than newer ones."""
        published_at = article.published_at or self.now
        hours = min(HOURS, int((self.now - published_at) / timedelta(hours=1)))
        strength = BUSIEST * self.chance.random() ** 3
        counts = ((ago, int(strength * COOLING ** (hours - ago))) for ago in range(hours + 1))
        ReadingHour.objects.bulk_create(
            ReadingHour(article=article, hour=hour_of(self.now) - timedelta(hours=ago), count=count)
            for ago, count in counts
            if count
        )


def crop(png: bytes, width: int, height: int) -> bytes:
    """The middle of a drawing as wide as it is, in the shape of `width` to `height`."""
    image = Image.open(BytesIO(png))
    high = image.width * height // width
    top = (image.height - high) // 2
    out = BytesIO()
    image.crop((0, top, image.width, top + high)).save(out, "PNG", compress_level=1)
    return out.getvalue()
