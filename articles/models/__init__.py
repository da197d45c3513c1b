"""The tables of the articles app."""

from articles.models.article import Article
from articles.models.board import FrontPageBlock, FrontPageChange, FrontPageSlot
from articles.models.desk import ArticleLink, EditLock, WorkingCopy
from articles.models.editorial import Correction, RelatedArticle
from articles.models.figures import ArticleFigure
from articles.models.gallery import GalleryPicture
from articles.models.naming import FormerSlug
from articles.models.picture import Picture
from articles.models.placement import ArticleCategory, ArticleTag, Byline
from articles.models.readings import MostRead, ReadingHour
from articles.models.search import SearchEntry, SearchWord, Synonym
from articles.models.steps import InvalidTransition, StatusChange
from articles.models.taxonomy import Author, Category, InvalidMerge, Tag

__all__ = [
    "Article",
    "ArticleCategory",
    "ArticleFigure",
    "ArticleLink",
    "ArticleTag",
    "Author",
    "Byline",
    "Category",
    "Correction",
    "EditLock",
    "FormerSlug",
    "FrontPageBlock",
    "FrontPageChange",
    "FrontPageSlot",
    "GalleryPicture",
    "InvalidMerge",
    "InvalidTransition",
    "MostRead",
    "Picture",
    "ReadingHour",
    "RelatedArticle",
    "SearchEntry",
    "SearchWord",
    "StatusChange",
    "Synonym",
    "Tag",
    "WorkingCopy",
]
