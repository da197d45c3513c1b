"""Loads the demo's content. What is there already stays as it is, so it may run again."""

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.board import Board
from articles.models import (
    Article,
    Author,
    Byline,
    Category,
    Correction,
    FrontPageBlock,
    FrontPageSlot,
    GalleryPicture,
    Picture,
    RelatedArticle,
    StatusChange,
    Tag,
)
from articles.schedule import nearest_instant
from comments.choices import Complaint, Mode, Queue
from comments.models import Comment, Policy, Report, WordRule
from comments.moderation.answering import answer
from comments.policy import decide, receive
from comments.privacy import digest
from newsroom.demo import content
from newsroom.demo.drawing import draw
from newsroom.demo.house import House
from newsroom.models import ReaderLetter, SiteSettings, SocialAccount
from newsroom.roles import EDITOR, JOURNALIST, MODERATOR

TRANSLATED = ("kicker", "title", "summary", "body")


class Loader:
    """One run. It needs the accounts of `newsroom.demo.accounts`."""

    def __init__(self) -> None:
        self.now = timezone.now().replace(second=0, microsecond=0)
        self.portal = content.read("portal")
        self.people = {
            user.username: user for user in User.objects.filter(username__in=(JOURNALIST, EDITOR, MODERATOR))
        }
        self.articles: dict[str, Article] = {}

    def steps(self) -> Iterator[tuple[str, int, int]]:
        """Do the work; before each piece, say what it is, its number, and how many there are."""
        self._settings_and_authors()
        rows = content.articles()
        for number, row in enumerate(rows, start=1):
            yield "articles", number, len(rows)
            self._article(row)
        self._hold_notices()
        self._curate()
        self._label_tags()
        self._rules()
        comments = [] if Comment.objects.exists() else content.read("comments")["comment"]
        self.chance = random.Random("comments")  # noqa: S311 (the same discussion on every machine)
        self.opener: Comment | None = None
        for number, row in enumerate(comments, start=1):
            yield "comments", number, len(comments)
            self._comment(row, self.now - timedelta(minutes=11 * (len(comments) - number) + 3))
        if comments:
            self._voices()
        self._close_discussions()
        self._letters()
        House(self.now).fill()

    def _settings_and_authors(self) -> None:
        call_command("create_first_categories", stdout=StringIO())
        call_command("create_first_pages", stdout=StringIO())
        if not SiteSettings.objects.exists():
            site = SiteSettings.objects.create(**self.portal["site"])
            for position, row in enumerate(self.portal["account"]):
                SocialAccount.objects.create(site=site, position=position, **row)
        for row in self.portal["author"]:
            if not Author.objects.filter(slug=row["key"]).exists():
                self._author(row)

    def _author(self, row: dict[str, Any]) -> None:
        values = {name: value for name, value in row.items() if name not in ("key", "portrait")}
        if "portrait" in row:
            values["portrait"] = self._drawn("portrait", row["key"], alt_ar=row["portrait"])
        Author.objects.create(slug=row["key"], **values)

    @transaction.atomic
    def _article(self, row: dict[str, Any]) -> None:
        article = Article.objects.filter(title_ar=row["title"]).first()
        self.articles[row["key"]] = article or self._new_article(row)

    def _new_article(self, row: dict[str, Any]) -> Article:
        article = Article(
            kind=row["kind"],
            category=Category.objects.get(slug=row["category"]),
            picture=self._picture(row),
            owner=self.people[JOURNALIST],
            is_hot=row.get("hot", False),
            answers=self.articles.get(row.get("answers", "")),
            video_address=row.get("video", ""),
            **_texts(row),
        )
        article.save()
        article.categories.add(*Category.objects.filter(slug__in=row.get("also", [])))
        article.tags.set(row["tags"])
        for position, key in enumerate(row["authors"]):
            Byline.objects.create(article=article, author=Author.objects.get(slug=key), position=position)
        self._hang_gallery(article, row)
        self._bring_to_state(article, row)
        return article

    def _hang_gallery(self, article: Article, row: dict[str, Any]) -> None:
        for position, each in enumerate(row.get("gallery", [])):
            picture = article.picture if position == 0 else self._picture({**each, "key": f"{row['key']}-{position}"})
            GalleryPicture.objects.create(article=article, picture=picture, position=position)

    def _bring_to_state(self, article: Article, row: dict[str, Any]) -> None:
        state = self.portal["states"].get(row["key"], "published")
        if state in ("draft", "in_review", "returned"):
            article.plan(self._planned(row["key"]))
        if state == "draft":
            return
        article.submit(by=self.people[JOURNALIST])
        if state == "returned":
            article.return_to_draft(by=self.people[EDITOR], note=self.portal["notes"][row["key"]])
        if state in ("in_review", "returned"):
            return
        ahead = timedelta(days=1) if state == "scheduled" else -timedelta(hours=row["hours_ago"])
        article.publish(by=self.people[EDITOR], at=self.now + ahead)
        if state == "withdrawn":
            article.withdraw(by=self.people[EDITOR], reason="نص مكرر")

    def _planned(self, key: str) -> datetime:
        plan = self.portal["planned"][key]
        day = timezone.localdate(self.now) + timedelta(days=plan["days"])
        return nearest_instant(datetime.combine(day, plan["at"]))

    def _hold_notices(self) -> None:
        """Of all that was just handed in and published, only what still waits is news."""
        untold = StatusChange.objects.filter(told_at=None)
        news = untold.filter(to_status=F("article__status")).exclude(article__published_at__lte=self.now)
        untold.exclude(pk__in=list(news.values_list("pk", flat=True))).update(told_at=self.now)

    def _picture(self, row: dict[str, Any]) -> Picture:
        return self._drawn(row["scene"], row["key"], alt_ar=row["alt"], caption_ar=row["caption"])

    def _drawn(self, scene: str, key: str, **values: str) -> Picture:
        drawing = ContentFile(draw(scene, key), name=f"{key}.png")
        return Picture.objects.create(file=drawing, credit="بريد الأطلس", **values)

    def _curate(self) -> None:
        if FrontPageSlot.objects.exists():
            return
        for block, keys in self.portal["front_page"].items():
            for position, key in enumerate(keys):
                Board().place(self.articles[key], block, position, by=self.people[EDITOR])
        self._own_block()
        for key, picks in self.portal["related"].items():
            for position, pick in enumerate(picks):
                RelatedArticle.objects.create(
                    article=self.articles[key], related=self.articles[pick], position=position
                )
        for row in self.portal["correction"]:
            values = {**row, "article": self.articles[row["article"]], "by": self.people[EDITOR]}
            Correction.objects.create(**values)

    def _own_block(self) -> None:
        """A block as an editor makes it at the board: four articles, one pinned, one with an end."""
        editor, row = self.people[EDITOR], self.portal["own_block"]
        values = {name: row[name] for name in ("name_ar", "name_fr", "name_en", "size", "filling")}
        Board().add_block(values, by=editor)
        key = FrontPageBlock.objects.latest("pk").key
        for position, name in enumerate(row["articles"]):
            Board().place(self.articles[name], key, position, by=editor, pinned=name == row["pinned"])
        slot = FrontPageSlot.objects.get(article=self.articles[row["for_two_days"]])
        Board().set_times(slot, slot.starts_at, self.now + timedelta(days=2), by=editor)

    def _label_tags(self) -> None:
        for name, labels in self.portal["tags"].items():
            tags = Tag.objects.filter(name=name, label_fr=None)
            for tag in tags:
                tag.set_other_names(labels.get("names", []))
            tags.update(label_fr=labels["fr"], label_en=labels["en"])

    @transaction.atomic
    def _comment(self, row: dict[str, Any], at: datetime) -> None:
        opener = self.opener if row.get("reply") else None
        article = opener.article if opener else self._article_for(row["theme"])
        comment = Comment(
            article=article,
            parent=opener,
            name=row["name"],
            email=f"reader-{at:%d%H%M}@demo.invalid",
            text=row["text"],
            submitted_at=at,
        )
        receive(comment, decide(comment))
        ways = {"approved": comment.approve, "rejected": comment.reject, "spam": comment.mark_spam}
        if row["status"] in ways:
            ways[row["status"]](by=self.people[MODERATOR])
        if row["status"] == "approved" and not opener:
            self.opener = comment

    def _article_for(self, theme: str) -> Article:
        """A recent article under the tag `theme`; the busiest stories gather most of the rest."""
        published = Article.objects.published(self.now)
        fitting = list(published.filter(tags__name=theme)[:3]) or list(published.hot(self.now)[:6])
        return self.chance.choice(fitting)

    def _rules(self) -> None:
        for row in self.portal["comments"]["rules"]:
            values = {**row, "created_by": self.people[MODERATOR]}
            WordRule.objects.get_or_create(phrase=row["phrase"], defaults=values)

    def _voices(self) -> None:
        """Readers report a comment, and the newsroom answers another."""
        reported, answered = Comment.objects.approved().filter(parent=None)[:2]
        for reporter, complaint in enumerate((Complaint.INSULT, Complaint.FALSE)):
            Report.objects.file(reported, complaint, reporter=digest("demo", str(reporter)))
        answer(
            answered, self.portal["comments"]["answer"], self.people[MODERATOR], act=uuid.uuid4(), queues=list(Queue)
        )

    def _letters(self) -> None:
        """What readers wrote to the newsroom, still to be answered."""
        if ReaderLetter.objects.exists():
            return
        for number, row in enumerate(self.portal["letter"]):
            article = self.articles[row["article"]] if "article" in row else None
            values = {"name": row["name"], "quote": row.get("quote", ""), "text": row["text"]}
            at = self.now - timedelta(hours=3 * number + 1)
            email = f"reader-{number}@demo.invalid"
            ReaderLetter.objects.create(kind=row["kind"], article=article, at=at, email=email, **values)

    def _close_discussions(self) -> None:
        for key in self.portal["comments"]["closed"]:
            Policy.objects.get_or_create(article=self.articles[key], defaults={"mode": Mode.CLOSED})


def _texts(row: dict[str, Any]) -> dict[str, str]:
    """The translated fields of a row, one for each language it is written in."""
    texts = {}
    for code, words in (("ar", row), ("fr", row.get("fr", {})), ("en", row.get("en", {}))):
        for field in TRANSLATED:
            if field in words:
                texts[f"{field}_{code}"] = content.to_html(words[field]) if field == "body" else words[field]
    return texts
