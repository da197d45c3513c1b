"""A newspaper that has something of everything, in three languages, and of the worst that people type."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.choices import Block, Kind
from articles.models import Article, ArticleLink, Author, Category, Correction, GalleryPicture, Picture, Tag
from comments.models import Comment, Subscription
from newsroom.choices import AdvertSlot, PageKind
from newsroom.models import DigestSubscription, MenuLink, Page, Redirect, SocialAccount
from tests.factories import (
    make_advert,
    make_article,
    make_author,
    make_category,
    make_comment,
    make_page,
    make_picture,
    make_site,
    make_slot,
    make_tag,
    make_user,
    picture_bytes,
)

SENTENCE = "تواصل الجماعات الترابية أشغال تهيئة المساحات الخضراء بالمياه المعالجة في عدد من المدن. "
PHRASE = "Les communes poursuivent l’aménagement des espaces verts à l’eau traitée dans plusieurs villes. "
SHAPES = [(1280, 853), (900, 1200), (1600, 700), (640, 640)]
WORD = "كلمة" * 100
ADDRESS = "https://example.com/" + "a" * 1980


@dataclass
class Paper:
    """What the kinds of pages are about."""

    section: Category
    region: Category
    tag: Tag
    author: Author
    of_kind: dict[str, Article]
    discussed: Article
    bad: dict[str, Article]
    pages: dict[str, Page]
    comment: Comment
    subscription: Subscription
    preview: ArticleLink
    wish: DigestSubscription
    month: datetime
    news: list[Article]
    withdrawn: Article


def in_languages(number: int) -> dict[str, Any]:
    """Title, summary and body in French and English; Arabic is the factories' own."""
    return {
        "title_fr": f"Un titre assez long pour une information locale, la {number}e du jour",
        "title_en": f"A rather long headline about something local, number {number} of the day",
        "summary_ar": SENTENCE,
        "summary_fr": PHRASE,
        "summary_en": "Municipalities go on with their green spaces. ",
        "body_fr": f"<h2>Un intertitre</h2><p>{PHRASE * 3}</p>",
        "body_en": "<h2>A heading</h2><p>Municipalities go on with their green spaces.</p>",
    }


def fill_paper() -> Paper:
    """Store it all; called once for many tests."""
    pictures = [photo(shape) for shape in SHAPES]
    region = fill_frame(pictures[3])
    section, tag, author = region.parent, make_tag("الماء", label_fr="Eau", label_en="Water"), writer(pictures[3])
    news = fill_news(section, region, pictures, tag, author)
    of_kind = {kind: one_of_kind(kind, section, pictures, author, news[0]) for kind in Kind.values}
    Correction.objects.create(article=news[0], note_ar="صححنا التاريخ.", note_fr="Date corrigée.", note_en="Date.")
    discussed = make_article("مقال يناقشه القراء", category=section, **in_languages(50))
    comment = discuss(discussed)
    wish = {"email": comment.email, "email_digest": comment.email_digest, "language": "ar"}
    return Paper(
        section=section,
        region=region,
        tag=tag,
        author=author,
        of_kind=of_kind,
        discussed=discussed,
        bad=fill_bad(section),
        pages={kind: Page.objects.get(kind=kind) for kind in (PageKind.CONTACT, PageKind.ABOUT)},
        comment=comment,
        subscription=Subscription.objects.create(article=discussed, confirmed_at=timezone.now(), **wish),
        preview=ArticleLink.issue_preview(news[0], by=make_user("editor"), days=3),
        wish=DigestSubscription.objects.create(email="r@example.ma", email_digest="r", language="ar"),
        month=timezone.localtime(news[0].published_at),
        news=news,
        withdrawn=withdrawn(section),
    )


def withdrawn(section: Category) -> Article:
    """An article that readers could read, and cannot any more."""
    article = make_article("مقال سحبناه", category=section, **in_languages(51))
    article.withdraw(by=None)
    return article


def photo(shape: tuple[int, int]) -> Picture:
    """A picture of the shape, with all that people say of one."""
    upload = SimpleUploadedFile("photo.jpg", picture_bytes(size=shape))
    words = {"alt_fr": "Une image", "alt_en": "A picture", "caption_ar": SENTENCE, "caption_fr": PHRASE}
    return make_picture(file=upload, **words)


def fill_frame(logo: Picture) -> Category:
    """Settings, menu and foot; a region of a category that stands in the menu."""
    words = {"tagline": "جريدة للتجربة", "imprint": "مدير النشر: فلان الفلاني، الرباط"}
    site = make_site(contact_email="desk@example.ma", **words)
    for kind, title, french in (
        (PageKind.CONTACT, "اتصل بنا", "Contact"),
        (PageKind.ABOUT, "من نحن", "Qui sommes-nous"),
    ):
        body = f"<p>{PHRASE * 2}</p><ul><li>Un</li><li>Deux</li></ul>"
        make_page(title, kind=kind, title_fr=french, title_en=french, body_fr=body, body_en=body)
    MenuLink.objects.create(
        site=site, label_ar="عن الجريدة", label_fr="Le journal", page=Page.objects.last(), place="menu"
    )
    SocialAccount.objects.create(site=site, network="x", address="https://x.example/atlas")
    for slot in AdvertSlot.values:
        make_advert(slot, picture=photo((1200, 300)))
    for path in ("/gone/", "/fr/gone/", "/en/gone/"):
        Redirect.objects.create(old_path=path, new_path="")
    section = make_category("الحكومة", name_fr="Gouvernement", name_en="Government", description_ar=SENTENCE)
    make_category("العالم", name_fr="Monde", name_en="World")
    make_category("قسم بلا أخبار", name_fr="Rubrique vide", name_en="Empty")
    make_category("الشرق", name_fr="Oriental", name_en="The East", parent=section)
    return make_category("سوس-ماسة", name_fr="Souss-Massa", name_en="Souss", parent=section)


def writer(portrait: Picture) -> Author:
    words = {"name_fr": "Fatima Zahra", "role_ar": "صحافية", "role_fr": "Journaliste", "bio_ar": SENTENCE * 3}
    return make_author("فاطمة الزهراء", portrait=portrait, bio_fr=PHRASE, **words)


def fill_news(section: Category, region: Category, pictures: list[Picture], tag: Tag, author: Author) -> list[Article]:
    """Enough for every block of the front page and for a second page of lists."""
    now, news = timezone.now(), []
    for number in range(26):
        article = make_article(
            f"عنوان طويل يصف خبرا محليا رقم {number} في جهات المملكة",
            category=region if number % 5 == 4 else section,
            picture=pictures[number % 4] if number % 6 != 5 else None,
            kicker_ar="عاجل" if number % 7 == 0 else "",
            body=f"<h2>عنوان فرعي</h2><p>{SENTENCE * 4}</p><blockquote><p>{SENTENCE}</p></blockquote>",
            published_at=now - timedelta(hours=3 * number),
            is_hot=number < 4,
            tags=(tag.name, "المغرب"),
            **in_languages(number),
        )
        article.authors.add(author)
        news.append(article)
    for position, article in enumerate(news[4:8]):
        make_slot(article, block=Block.TOP if position else Block.LEAD, position=position)
    return news


def one_of_kind(kind: str, section: Category, pictures: list[Picture], author: Author, answered: Article) -> Article:
    """An article of `kind` with all that it may carry."""
    extra: dict[str, Any] = {}
    if kind == Kind.REPLY:
        extra["answers"] = answered
    if kind == Kind.VIDEO:
        extra["video_address"] = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    body = f"<p>{SENTENCE * 5}</p><h2>عنوان فرعي</h2><ul><li>أول</li><li>ثان</li></ul><p>{SENTENCE * 5}</p>" * 3
    shown = {"category": section, "picture": pictures[0], "body": body, "kind": kind, **in_languages(60), **extra}
    article = make_article(f"مقال من صنف {kind}", tags=("الماء",), **shown)
    article.authors.add(author)
    make_comment(article)
    if kind == Kind.GALLERY:
        for position, picture in enumerate(pictures):
            GalleryPicture.objects.create(article=article, picture=picture, position=position)
    return article


def discuss(article: Article) -> Comment:
    """50 comments, some of them answers; the one whose writer has a receipt."""
    first = make_comment(article, text="تعليق فيه رابط https://example.com/a?b=1 وكلمات بالفرنسية bonjour")
    for number in range(40):
        make_comment(article, text=SENTENCE * (1 + number % 3))
    for _answer in range(9):
        make_comment(article, parent=first, text="Une réponse en français.")
    return first


def fill_bad(section: Category) -> dict[str, Article]:
    """What people type against all advice, each in an article of its own that French readers get too."""
    rows: dict[str, dict[str, Any]] = {
        "long-title": {"title": "عنوان لا ينتهي " * 26, "title_fr": "Un titre sans fin " * 22},
        "endless-word": {"title": "ك" * 400, "title_fr": "a" * 400, "body": f"<p>{WORD}</p>", "summary_ar": WORD},
        "bare": {"title": "مقال وحيد", "title_fr": "Seul", "body": "<p>فقرة.</p>", "body_fr": "<p>Un.</p>"},
        "200-paragraphs": {"title": "مقال طويل", "title_fr": "Long", "body": f"<p>{SENTENCE * 2}</p>" * 200},
        "wild-comments": {"title": "تعليقات غريبة", "title_fr": "Commentaires"},
    }
    articles = {name: make_article(category=section, **values) for name, values in rows.items()}
    wild = articles["wild-comments"]
    make_comment(wild, name="ⵜⴰⵎⴰⵣⵉⵖⵜ", text=f"ⴰⵣⵓⵍ {ADDRESS}")
    make_comment(wild, name="م" * 60, text="ه" * 1500)
    return articles
