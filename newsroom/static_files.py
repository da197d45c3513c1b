"""Static files as they are served: a sheet of `@import`s becomes one small file, every name carries a hash."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import rcssmin
from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r"""@import url\("([\w./-]+\.css)"\);""")
OURS = ("articles/", "comments/", "newsroom/")


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Joins our own sheets and takes out of them what browsers do not need, before they are hashed.

    While developing nothing is built: the browser follows the imports by itself.
    """

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        ours = {name: found for name, found in paths.items() if name.startswith(OURS) and name.endswith(".css")}
        if not dry_run:
            for name in ours:
                sheet = rcssmin.cssmin(_joined(name, ours))
                (Path(settings.STATIC_ROOT) / name).write_text(sheet, encoding="utf-8")
        yield from super().post_process(paths | {name: (self, name) for name in ours}, dry_run, **options)


def _joined(name: str, sheets: dict[str, Any]) -> str:
    """The sheet `name` with those that it imports in their places; read at the source, as what was collected is joined.

    `sheets` tells of each sheet the storage and the path in it. What is imported stands beside the sheet, or below.
    """
    storage, path = sheets[name]
    with storage.open(path) as file:
        css = file.read().decode()
    folder = PurePosixPath(name).parent
    return IMPORT.sub(lambda found: _joined(str(folder / found[1]), sheets), css)
