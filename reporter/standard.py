"""Where the standard rules, templates and places stand: in the package, or beside it in a
checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def standard_folder(name: str, package: Path = PACKAGE) -> Path:
    """The folder `rules`, `templates` or `places` that comes with the product.

    A wheel carries them as `standard/` in the package; in a checkout they stand beside the package.
    `FileNotFoundError` means a broken installation, which is no fault of the user's input.
    """
    for folder in (package / "standard" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"this installation has no {name} folder; install the product again")
