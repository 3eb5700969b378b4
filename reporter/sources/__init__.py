"""Files in, a `Dataset` out: observations, indicator catalogue, targets, areas, peers, populations.

The front door: `load_commission` reads a brief and everything it names, or raises all that is
wrong. Knows nothing of comparisons, words or Word.
"""

from reporter.sources.areas import Area, Areas, PeerGroup
from reporter.sources.breaks import begun, era_break
from reporter.sources.brief import (
    Baseline,
    Brief,
    ChartBrief,
    Charts,
    Data,
    EesFile,
    Measure,
    Officer,
    Section,
    Style,
    TableBrief,
)
from reporter.sources.catalogue import (
    Break,
    Breakdown,
    Catalogue,
    Counted,
    Flows,
    Indicator,
    Member,
    Polarity,
    Rebase,
    Unit,
)
from reporter.sources.commission import commission_about, load_commission
from reporter.sources.dataset import Commission, Dataset, InputFile
from reporter.sources.ees_proposing import Proposed, is_published, propose_published
from reporter.sources.lait import load_lait, refuse_lait
from reporter.sources.officers import (
    Conversion,
    Described,
    Measured,
    convert_workbook,
    describe,
    is_catalogue,
    is_tidy,
    reconvert_workbook,
)
from reporter.sources.periods import Period, parse_period
from reporter.sources.previous import NOT_ASKED, Previous, Told, check_previous, read_previous
from reporter.sources.register import Document, figures_in, read_register, rows_of, with_document
from reporter.sources.setting import Setting
from reporter.sources.since import commission_since

__all__ = [
    "NOT_ASKED",
    "Area",
    "Areas",
    "Baseline",
    "Break",
    "Breakdown",
    "Brief",
    "Catalogue",
    "ChartBrief",
    "Charts",
    "Commission",
    "Conversion",
    "Counted",
    "Data",
    "Dataset",
    "Described",
    "Document",
    "EesFile",
    "Flows",
    "Indicator",
    "InputFile",
    "Measure",
    "Measured",
    "Member",
    "Officer",
    "PeerGroup",
    "Period",
    "Polarity",
    "Previous",
    "Proposed",
    "Rebase",
    "Section",
    "Setting",
    "Style",
    "TableBrief",
    "Told",
    "Unit",
    "begun",
    "check_previous",
    "commission_about",
    "commission_since",
    "convert_workbook",
    "describe",
    "era_break",
    "figures_in",
    "is_catalogue",
    "is_published",
    "is_tidy",
    "load_commission",
    "load_lait",
    "parse_period",
    "propose_published",
    "read_previous",
    "read_register",
    "reconvert_workbook",
    "refuse_lait",
    "rows_of",
    "with_document",
]  # fmt: skip
