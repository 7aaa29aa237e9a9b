"""The parts of a Word file that are the same in every report: styles, settings, fonts, footer, relations."""

from __future__ import annotations

from qcode.reports.render.clean import attribute, escape

__all__ = [
    "CONTENT_TYPES",
    "FACT_INDENT",
    "FACT_SIZE",
    "FONT_TABLE",
    "LANGUAGES",
    "NAMESPACES",
    "ROOT_RELATIONS",
    "core",
    "footer",
    "settings",
    "styles",
]

LATIN, ASIAN, MONO = "Arial", "Microsoft YaHei", "Courier New"

FACT_INDENT, FACT_SIZE = 2268, 19
"""Where the texts of facts begin, in twips, and how large their letters are, in half points."""

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

LANGUAGES = {
    "de": "de-DE",
    "en": "en-GB",
    "fr": "fr-FR",
    "kk": "kk-KZ",
    "ky": "ky-KG",
    "ru": "ru-RU",
    "tg": "tg-Cyrl-TJ",
    "tk": "tk-TM",
    "uk": "uk-UA",
    "uz": "uz-Latn-UZ",
    "zh": "zh-CN",
}
"""The names that Word's spelling knows our languages by."""

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_TYPES}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_TYPES}.fontTable+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_TYPES}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ROOT_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)

FONT_TABLE = (
    f"{HEAD}<w:fonts {NAMESPACES}>"
    '<w:font w:name="Arial"><w:altName w:val="Liberation Sans"/><w:family w:val="swiss"/></w:font>'
    f'<w:font w:name="{ASIAN}"><w:altName w:val="Noto Sans CJK SC"/><w:charset w:val="86"/><w:family w:val="swiss"/>'
    "</w:font>"
    f'<w:font w:name="{MONO}"><w:altName w:val="Liberation Mono"/><w:family w:val="modern"/></w:font></w:fonts>'
)


def relations(pictures: int) -> str:
    """Return the relations of the document to its parts and to `pictures` pictures."""
    parts = [
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("fontTable", "fontTable.xml"),
        ("footer", "footer1.xml"),
    ]
    parts += [("image", f"media/image{n}.png") for n in range(1, pictures + 1)]
    lines = (
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(parts, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def core(title: str, language: str) -> str:
    """Return the document's properties: title and language; nobody's name and no clock."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    )


def settings(language: str) -> str:
    """Return the document's settings, in the mode of today's Word."""
    return (
        f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{attribute(language)}" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def footer() -> str:
    """Return the footer: page number and number of pages, in the middle."""

    def number(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    return (
        f'{HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{number("PAGE")}'
        f'<w:r><w:t xml:space="preserve"> / </w:t></w:r>{number("NUMPAGES")}</w:p></w:ftr>'
    )


def styles(language: str) -> str:
    """Return the style sheet."""
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:eastAsia="{ASIAN}" w:hAnsi="{LATIN}" w:cs="{LATIN}"/>'
    return (
        f'{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="1A1F24"/>'
        '<w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val="{attribute(language)}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr>'
        f"</w:pPrDefault></w:docDefaults>{''.join(_PARAGRAPHS)}{_CHARACTERS}{_TABLES}</w:styles>"
    )


def _style(key: str, name: str, paragraph: str = "", run: str = "", after: str = "", quick: bool = True) -> str:
    default = ' w:default="1"' if key == "Normal" else ""
    based = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
    follows = f'<w:next w:val="{after}"/>' if after else ""
    shown = "<w:qFormat/>" if quick else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{based}{follows}{shown}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _heading(level: int, size: int, before: int, color: str = "0B3C6F") -> str:
    page = f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="100" w:line="252" w:lineRule="auto"/>'
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    run = f'<w:b/><w:bCs/><w:color w:val="{color}"/>{_size(size)}'
    return _style(f"Heading{level}", f"heading {level}", page + outline, run, "Normal")


def _contents(level: int) -> str:
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs>'
    indent = f'<w:spacing w:after="30"/><w:ind w:left="{(level - 1) * 284}" w:right="567"/>'
    return _style(f"TOC{level}", f"toc {level}", tabs + indent, _size(20), "Normal", quick=False)


_GREY = '<w:color w:val="5B656F"/>'
_BAR = '<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{}"/></w:pBdr>'
_TIGHT = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_PARAGRAPHS = (
    _style("Normal", "Normal"),
    _style(
        "Title",
        "Title",
        '<w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/>',
        f'<w:b/><w:bCs/><w:color w:val="0B3C6F"/>{_size(40)}',
        "Subtitle",
    ),
    _style("Subtitle", "Subtitle", '<w:spacing w:after="240"/>', _GREY + _size(24), "Normal"),
    _heading(1, 30, 360),
    _heading(2, 25, 300),
    _heading(3, 22, 260),
    _heading(4, 21, 220, "1A1F24"),
    _style(
        "Caption",
        "caption",
        '<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80"/>',
        f"<w:b/><w:bCs/>{_size(19)}",
        "Normal",
    ),
    _style(
        "FigureCaption",
        "Figure Caption",
        '<w:keepLines/><w:spacing w:before="80" w:after="240"/>',
        f"<w:b/><w:bCs/>{_size(19)}",
        "Normal",
    ),
    _style("Picture", "Picture", '<w:keepNext/><w:spacing w:before="120" w:after="0" w:line="240" w:lineRule="auto"/>'),
    _style(
        "Quote",
        "Quote",
        f'<w:keepNext/>{_BAR.format("9FB6CC")}<w:spacing w:before="160" w:after="20"/>'
        '<w:ind w:left="397" w:right="284"/>',
        "",
        "QuoteSource",
    ),
    _style(
        "QuoteSource",
        "Quote Source",
        f'<w:keepLines/>{_BAR.format("9FB6CC")}<w:spacing w:after="60"/><w:ind w:left="397" w:right="284"/>',
        _GREY + _size(16),
        "Quote",
    ),
    _style(
        "Note",
        "Small Print",
        '<w:keepLines/><w:spacing w:before="60" w:after="160" w:line="252" w:lineRule="auto"/>',
        _GREY + _size(17),
    ),
    _style(
        "Mono",
        "Command Line",
        '<w:shd w:val="clear" w:color="auto" w:fill="F1F3F5"/>',
        f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:cs="{MONO}"/>{_size(18)}',
    ),
    _style(
        "Fact",
        "Fact",
        f'<w:tabs><w:tab w:val="left" w:pos="{FACT_INDENT}"/></w:tabs><w:spacing w:after="60"/>'
        f'<w:ind w:left="{FACT_INDENT}" w:hanging="{FACT_INDENT}"/>',
        _size(FACT_SIZE),
    ),
    _style(
        "TOCHeading",
        "TOC Heading",
        '<w:keepNext/><w:spacing w:before="240" w:after="80"/>',
        f'<w:b/><w:bCs/><w:color w:val="0B3C6F"/>{_size(25)}',
        "Normal",
    ),
    *(_contents(level) for level in (1, 2, 3)),
    _style("Footer", "footer", '<w:spacing w:after="0"/><w:jc w:val="center"/>', _GREY + _size(17), quick=False),
    _style("TableText", "Table Text", _TIGHT, _size(18)),
    _style("TableSmall", "Table Text Small", _TIGHT, _size(15)),
    _style("TableTiny", "Table Text Tiny", _TIGHT, _size(12)),
)

_CHARACTERS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/>'
    '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="character" w:styleId="FactName"><w:name w:val="Fact Name"/><w:qFormat/>'
    '<w:rPr><w:b/><w:bCs/><w:color w:val="0B3C6F"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="MemoText"><w:name w:val="Memo Text"/><w:qFormat/>'
    "<w:rPr><w:i/><w:iCs/></w:rPr></w:style>"
)

_CELLS = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
    '<w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
)


def _line(side: str, size: int, color: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/>'


_RULES = _line("top", 8, "3C434A") + _line("bottom", 8, "3C434A") + _line("insideH", 4, "D5DADE")
_GRID = "".join(_line(side, 4, "CDD3D8") for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="80" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="QcodeList">'
    '<w:name w:val="Qcode List"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
    f"<w:tblBorders>{_RULES}</w:tblBorders>{_CELLS}</w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="QcodeMatrix">'
    '<w:name w:val="Qcode Matrix"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
    f"<w:tblBorders>{_GRID}"
    "</w:tblBorders></w:tblPr></w:style>"
)
