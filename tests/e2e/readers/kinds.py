"""Every kind of page that readers meet. A new one is a line in KINDS; `README.md` beside says how."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from articles.choices import Kind as ArticleKind
from articles.links import link_token
from articles.models import Article
from comments.mail.links import my_data_path
from comments.receipt import receipt_url
from comments.tokens import confirm_path, unsubscribe_path
from newsroom.choices import PageKind
from newsroom.newsletter import links as newsletter
from tests.e2e.readers.content import Paper


@dataclass(frozen=True)
class Kind:
    """A kind of page.

    `address` is asked with the page's language active. `status` is what the server answers with; of a
    page that is no success the browser's note of that is no fault.
    """

    address: Callable[[Paper], str]
    status: int = 200
    has_skip_link: bool = True

    def path(self, paper: Paper, language: str) -> str:
        """The address in `language`, without host."""
        with translation.override(language):
            return self.address(paper)


def named(name: str, *args: object, then: str = "") -> Kind:
    """The page that has this name among the addresses; `then` follows the path."""
    return Kind(lambda paper: reverse(name, args=args) + then)


def about(find: Callable[[Paper], Article], name: str = "article_detail", then: str = "") -> Kind:
    """A page of the article that `find` gives."""

    def address(paper: Paper) -> str:
        article = find(paper)
        return article.get_absolute_url() if name == "article_detail" else reverse(name, args=[article.pk]) + then

    return Kind(address)


def in_language_of_address(path: str) -> Callable[[Paper], str]:
    """An address that has no name: it stands below the language's own front page."""
    return lambda paper: reverse("front_page") + path


LISTS = {
    "front": named("front_page"),
    "category": Kind(lambda paper: paper.section.get_absolute_url()),
    "region": Kind(lambda paper: paper.region.get_absolute_url()),
    "tag": Kind(lambda paper: paper.tag.get_absolute_url()),
    "author": Kind(lambda paper: paper.author.get_absolute_url()),
    "hot": named("hot_list"),
    "latest": named("latest_list"),
    "search": named("search", then="?q=خبر"),
    "search-fr": named("search", then="?q=information&sort=relevance"),
    "search-without-result": named("search", then="?q=قنيطرةطماطمفسيفساء"),
    "search-empty": named("search"),
    "corrections": named("corrections"),
    "archive": named("archive"),
    "archive-month": Kind(lambda paper: reverse("archive_month", args=[paper.month.year, paper.month.month])),
}
ARTICLES = {
    **{f"article-{kind}": about(lambda paper, kind=kind: paper.of_kind[kind]) for kind in ArticleKind.values},
    "article-50-comments": about(lambda paper: paper.discussed),
    "article-corrected": about(lambda paper: paper.news[0]),
    **{
        f"article-{name}": about(lambda paper, name=name: paper.bad[name])
        for name in ("long-title", "endless-word", "bare", "200-paragraphs", "wild-comments")
    },
    "preview": Kind(lambda paper: reverse("article_preview", args=[link_token(paper.preview)])),
}
COMMENTS = {
    "comments": about(lambda paper: paper.discussed, "comment_list"),
    "answer": Kind(
        lambda paper: f"{reverse('comment_list', args=[paper.discussed.pk])}?reply={paper.comment.pk}",
    ),
    "receipt": Kind(lambda paper: receipt_url(paper.comment)),
    "report": Kind(lambda paper: reverse("comment_report", args=[paper.comment.pk])),
    "confirm": Kind(lambda paper: confirm_path(paper.comment)),
    "unsubscribe": Kind(lambda paper: unsubscribe_path(paper.subscription)),
    "my-data": named("my_data"),
    "my-data-held": Kind(lambda paper: my_data_path("comment", paper.comment.pk)),
}
HOUSE = {
    "imprint": named("imprint"),
    "static-page": Kind(lambda paper: paper.pages[PageKind.ABOUT].get_absolute_url()),
    "contact": Kind(lambda paper: paper.pages[PageKind.CONTACT].get_absolute_url()),
    "contact-received": named("contact_received"),
    "error-report": about(lambda paper: paper.discussed, "error_report"),
    "newsletter": named("newsletter"),
    "newsletter-received": named("newsletter_received"),
    "newsletter-confirm": Kind(lambda paper: newsletter.confirm_path(paper.wish)),
    "newsletter-unsubscribe": Kind(lambda paper: newsletter.unsubscribe_path(paper.wish)),
    "offline": Kind(lambda paper: reverse("offline"), has_skip_link=False),
    "error-received": about(lambda paper: paper.discussed, "error_received"),
}
FAULTS = {
    "404": Kind(in_language_of_address("no-such-page/"), status=404),
    "410": Kind(in_language_of_address("gone/"), status=410),
    "withdrawn": Kind(lambda paper: paper.withdrawn.get_absolute_url(), status=410),
    "500": Kind(in_language_of_address("failing/"), status=500, has_skip_link=False),
}
KINDS = {**LISTS, **ARTICLES, **COMMENTS, **HOUSE, **FAULTS}

# Addresses that are no page for readers, and why.
NO_KINDS = {
    "article_root": "leads to the article",
    "article_short": "leads to the article",
    "comment_create": "the address of comment_list, by the name that forms use",
    "contact": "takes what the contact page sends, and leads to it",
    "comment_ask": "takes what a form sends",
    "comment_decide": "for moderators, by mail",
    "feed": "for machines",
    "comment_feed": "for machines",
    "category_feed": "for machines",
    "tag_feed": "for machines",
    "author_feed": "for machines",
}
