"""Templates: both files agree, or every fault of both is told; nothing hostile is opened."""

from __future__ import annotations

import importlib.util
import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx_plus.core import qn
from lxml import etree

from reporter.document import load_template
from reporter.problems import ProblemsFoundError

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMES = sorted(path.parent.name for path in TEMPLATES.glob("*/template.yaml"))


def maker() -> object:
    spec = importlib.util.spec_from_file_location("make_templates", TEMPLATES / "make_templates.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["make_templates"] = module
    spec.loader.exec_module(module)
    return module


def content(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", NAMES)
def test_the_template_in_git_is_the_one_that_its_maker_makes(name: str) -> None:
    module = maker()
    made = module.template_of(module.LOOKS[name])  # type: ignore[attr-defined]
    assert content(made) == content((TEMPLATES / name / "template.docx").read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_every_template_loads(name: str) -> None:
    assert load_template(TEMPLATES / name).folder == name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES / "standard", tmp_path / "ours"))


def codes(folder: Path) -> list[str]:
    with pytest.raises(ProblemsFoundError) as caught:
        load_template(folder)
    assert all(problem.fix for problem in caught.value.problems)
    return [problem.code for problem in caught.value.problems]


def edit_yaml(folder: Path, old: str, new: str) -> None:
    path = folder / "template.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def edit_part(folder: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    path = folder / "template.docx"
    found = content(path.read_bytes())
    change(found)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)


def test_a_missing_folder_names_those_that_are_there(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES / "standard", tmp_path / "standard")
    with pytest.raises(ProblemsFoundError, match="Templates here: standard"):
        load_template(tmp_path / "standrad")


def test_both_files_missing_are_two_problems(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["no-file", "no-file"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("numbering: section.decimal", "numbering: continuous", "bad-numbering"),
        ("numbering: section.decimal", "numbering: roman", "bad-choice"),
        ("source: narrative", "source: author", "no-narrative"),
        ("key: legal", "key: financial", "repeated-key"),
        ("status: [Part exempt", "mood: [Part exempt", "unknown-field"),
        ('default: "No"', "default: Perhaps", "bad-choice"),
        ("name: Standard council report", "name: A\nstyles: {caption: Legend}", "no-style"),
        ("front:", "frnt:", "unknown-key"),
    ],
)
def test_faults_of_the_yaml_are_told(folder: Path, old: str, new: str, code: str) -> None:
    edit_yaml(folder, old, new)
    assert set(codes(folder)) == {code}


def test_a_style_renamed_in_word_is_told(folder: Path) -> None:
    def rename(found: dict[str, bytes]) -> None:
        styles = found["word/styles.xml"]
        found["word/styles.xml"] = styles.replace(b'"Numbered Paragraph"', b'"Main text"')

    edit_part(folder, rename)
    assert codes(folder) == ["no-style"]


@pytest.mark.parametrize("style", ["ListBullet", "Recommendation"])
def test_a_list_lost_in_word_is_told(folder: Path, style: str) -> None:
    def lose(found: dict[str, bytes]) -> None:
        root = etree.fromstring(found["word/styles.xml"])
        node = root.find(f"{qn('w:style')}[@{qn('w:styleId')}='{style}']")
        listed = node.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        listed.getparent().remove(listed)
        found["word/styles.xml"] = etree.tostring(root)

    edit_part(folder, lose)
    assert codes(folder) == ["no-list"]


def test_numbering_taken_out_in_word_is_told(folder: Path) -> None:
    def lose(found: dict[str, bytes]) -> None:
        root = etree.fromstring(found["word/numbering.xml"])
        for node in list(root):
            root.remove(node)
        found["word/numbering.xml"] = etree.tostring(root)

    edit_part(folder, lose)
    assert set(codes(folder)) == {"no-list", "bad-numbering"}


def test_comments_left_in_it_are_told(folder: Path) -> None:
    edit_part(folder, lambda found: found.update({"word/comments.xml": b"<a/>"}))
    assert codes(folder) == ["comments-left"]


def test_what_is_no_word_file_is_told(folder: Path) -> None:
    (folder / "template.docx").write_bytes(b"%PDF-1.7")
    assert codes(folder) == ["not-docx"]
    with zipfile.ZipFile(folder / "template.docx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert codes(folder) == ["not-docx"]


DOCTYPE = b'<!DOCTYPE w [<!ENTITY x "y">]>'
ATTACHED = (
    b'<Relationship Id="rId99" TargetMode="External" Target="http://example.org/a.dotx" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
)


def with_doctype(found: dict[str, bytes]) -> None:
    head, _, rest = found["word/document.xml"].partition(b"?>")
    found["word/document.xml"] = head + b"?>" + DOCTYPE + rest


def with_utf16_doctype(found: dict[str, bytes]) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + DOCTYPE.decode() + "<w/>"
    found["word/extra.xml"] = text.encode("utf-16")


def with_outside_template(found: dict[str, bytes]) -> None:
    rels = found["word/_rels/document.xml.rels"]
    end = b"</Relationships>"
    found["word/_rels/document.xml.rels"] = rels.replace(end, ATTACHED + end)


def with_macro(found: dict[str, bytes]) -> None:
    found["word/vbaProject.bin"] = b"x"


def with_bomb(found: dict[str, bytes]) -> None:
    found["word/media/image1.png"] = b"\0" * 30_000_000


def with_way_out(found: dict[str, bytes]) -> None:
    found["../../etc/passwd"] = b"x"


def with_fetching_field(found: dict[str, bytes]) -> None:
    code = b"<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r>"
    code += b"<w:r><w:instrText>TEXT c:/secret</w:instrText></w:r></w:p><w:sectPr"
    found["word/document.xml"] = found["word/document.xml"].replace(b"<w:sectPr", code, 1)


def with_broken_part(found: dict[str, bytes]) -> None:
    found["word/settings.xml"] = b"<w:settings>"


def with_nested_package(found: dict[str, bytes]) -> None:
    found["word/afchunk.docx"] = b"x"


@pytest.mark.parametrize(
    "hostile",
    [with_doctype, with_utf16_doctype, with_outside_template, with_macro, with_bomb, with_way_out,
     with_fetching_field, with_broken_part, with_nested_package],
)  # fmt: skip
def test_a_hostile_file_is_refused(
    folder: Path, hostile: Callable[[dict[str, bytes]], None]
) -> None:
    edit_part(folder, hostile)
    tied = hostile is with_outside_template
    assert set(codes(folder)) == {"attached-template" if tied else "unsafe-docx"}


def test_an_outside_web_link_is_allowed(folder: Path) -> None:
    def link(found: dict[str, bytes]) -> None:
        rels = found["word/_rels/document.xml.rels"]
        allowed = ATTACHED.replace(b"attachedTemplate", b"hyperlink")
        end = b"</Relationships>"
        found["word/_rels/document.xml.rels"] = rels.replace(end, allowed + end)

    edit_part(folder, link)
    load_template(folder)


# Files edited in Word, and by other programs


def change_xml(part: str, change: Callable[[etree._Element], object]) -> Callable[..., None]:
    def edit(found: dict[str, bytes]) -> None:
        root = etree.fromstring(found[part])
        change(root)
        found[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    return edit


def first(root: etree._Element, tag: str) -> etree._Element:
    return next(root.iter(qn(tag)))


def gone(tag: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        node = first(root, tag)
        above = node.getparent()
        assert above is not None
        above.remove(node)

    return change


def of_style(key: str, change: Callable[[etree._Element], object]) -> Callable[..., object]:
    def edit(root: etree._Element) -> None:
        change(next(n for n in root.iter(qn("w:style")) if n.get(qn("w:styleId")) == key))

    return edit


def set_to(tag: str, key: str, words: str) -> Callable[[etree._Element], None]:
    return lambda root: first(root, tag).set(qn(key), words)


def two_slots(root: etree._Element) -> None:
    for _ in range(2):
        slot = etree.fromstring(
            f'<w:sdt xmlns:w="{qn("w:p")[1:-2]}"><w:sdtPr><w:tag w:val="body"/></w:sdtPr>'
            "<w:sdtContent><w:p/></w:sdtContent></w:sdt>"
        )
        first(root, "w:body").insert(0, slot)


def one_in_another(root: etree._Element) -> None:
    outer, inner = [*root.iter(qn("w:sdt"))][:2]
    first(outer, "w:sdtContent").append(inner)


def typed(root: etree._Element) -> None:
    line = f'<w:p xmlns:w="{qn("w:p")[1:-2]}"><w:r><w:t>For {{{{ ward }}}}</w:t></w:r></w:p>'
    first(root, "w:body").insert(0, etree.fromstring(line))


BODY, STYLES, HEAD = "word/document.xml", "word/styles.xml", "word/header1.xml"
LISTS = "word/numbering.xml"


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        (BODY, gone("w:sectPr"), {"bad-page", "no-control"}),
        (BODY, gone("w:pgSz"), {"bad-page"}),
        (BODY, gone("w:pgMar"), {"bad-page"}),
        (BODY, set_to("w:pgMar", "w:left", "7000"), {"bad-page"}),
        (BODY, set_to("w:cols", "w:num", "2"), {"bad-page"}),
        (BODY, gone("w:headerReference"), {"no-control"}),
        (BODY, two_slots, {"bad-control"}),
        (BODY, typed, {"typed-field"}),
        (HEAD, one_in_another, {"bad-control"}),
        (STYLES, of_style("Recommendation", gone("w:name")), {"no-style"}),
        (STYLES, of_style("Prompt", lambda n: n.set(qn("w:type"), "character")), {"no-style"}),
        (LISTS, set_to("w:numFmt", "w:val", "none"), {"bad-numbering"}),
        (LISTS, set_to("w:lvlText", "w:val", ""), {"bad-numbering"}),
    ],
)
def test_an_edit_that_would_spoil_papers_is_told(
    folder: Path, part: str, change: Callable[[etree._Element], object], code: set[str]
) -> None:
    edit_part(folder, change_xml(part, change))
    assert set(codes(folder)) == code


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (STYLES, of_style("ListBullet", set_to("w:basedOn", "w:val", "ListBullet"))),
        (LISTS, set_to("w:start", "w:val", "x")),
    ],
)
def test_odd_files_do_not_stop_it(
    folder: Path, part: str, change: Callable[[etree._Element], object]
) -> None:
    edit_part(folder, change_xml(part, change))
    assert load_template(folder).folder == "ours"
