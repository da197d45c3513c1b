"""How many web addresses a text holds, written out or bare."""

import re

from comments.html import ADDRESS
from comments.rules.lookalikes import unmask

# What readers' advertising is made of; a sentence that lacks its space («fin.Bonjour») is no address.
ENDINGS = (
    "com|net|org|info|biz|ma|fr|io|me|co|tv|ru|cn|xyz|top|site|online|shop|store|club|live|link|bet|win|vip|app|dev"
)
BARE = re.compile(rf"(?i)(?<![\w@.-])[a-z0-9][a-z0-9.-]*\.(?:{ENDINGS})(?![\w.-]*@)\b")


def count_links(text: str) -> int:
    """The web addresses of `text`: those that readers could press, and bare names of hosts."""
    rest = ADDRESS.sub(" ", unmask(text))
    return len(ADDRESS.findall(text)) + len(BARE.findall(rest))
