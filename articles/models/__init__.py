"""The tables of the articles app."""

from articles.models.article import Article, InvalidTransition, StatusChange
from articles.models.editorial import Correction, FrontPageSlot, RelatedArticle
from articles.models.naming import FormerSlug
from articles.models.picture import Picture
from articles.models.placement import ArticleCategory, ArticleTag, Byline
from articles.models.search import SearchEntry, SearchWord, Synonym
from articles.models.taxonomy import Author, Category, InvalidMerge, Tag

__all__ = [
    "Article",
    "ArticleCategory",
    "ArticleTag",
    "Author",
    "Byline",
    "Category",
    "Correction",
    "FormerSlug",
    "FrontPageSlot",
    "InvalidMerge",
    "InvalidTransition",
    "Picture",
    "RelatedArticle",
    "SearchEntry",
    "SearchWord",
    "StatusChange",
    "Synonym",
    "Tag",
]
