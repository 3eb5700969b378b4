"""The sheet that every chart is drawn on: title and subtitle above, plot, notes below.

All distances are in points from the upper left corner, so that nothing has to be laid out twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reporter.charts.letters import height_of, wrapped
from reporter.charts.marks import Mark, Stroke, Words
from reporter.charts.style import INK, POINTS_PER_MM, QUIET, TEXT, TITLE, WIDTH, WIDTH_MM
from reporter.prose import Chart

_GAP = 8.0
TICK = 3.0  # points that a tick is long
PAD = 3.5  # points between a tick and its label
Ends = tuple[float, float]
"""The lowest and the highest figure of an axis."""


class Sheet:
    """One plot of `height` points and `across` x `up` figures, with margins for its labels.

    `left`, `top`, `right` and `floor` are the sides of the plot; `marks` what was put so far.
    """

    def __init__(
        self,
        chart: Chart,
        height: float,
        left: float,
        right: float,
        below: float = 20.0,
        notes: Sequence[str] = (),
        key: float = 0.0,
        value_label: str = "",
    ) -> None:
        # The caption stands above the picture: what it says is not said again.
        title, subtitle = (
            "" if words in chart.caption else words for words in (chart.title, chart.subtitle)
        )
        title = wrapped(title, WIDTH - 4, TITLE, bold=True)
        subtitle = wrapped(subtitle, WIDTH - 4)
        label = wrapped(value_label[:1].upper() + value_label[1:], WIDTH - 4)
        note = "\n".join(wrapped(words, WIDTH - 4) for words in notes if words)
        self.marks: list[Mark] = []
        y = 2.0
        for text, size, bold, colour in ((title, TITLE, True, INK), (subtitle, TEXT, False, QUIET)):
            if text:
                self.text(0, y, text, size=size, bold=bold, colour=colour)
                y += height_of(text, size) + 3
        self.key_at = y
        if label:
            self.text(0, y + key + 2, label)
        self.top = y + key + (height_of(label) + 4 if label else 0.0) + _GAP
        self.left, self.right, self.floor = left, WIDTH - right, self.top + height
        self.width, self.height = self.right - left, height
        if note:
            self.text(0, self.floor + below + 6, note, colour=QUIET)
        self.total = self.floor + below + (height_of(note) + 6 if note else 0.0) + 2
        self.across: Ends = (0.0, 1.0)
        self.up: Ends = (0.0, 1.0)

    def x(self, figure: float) -> float:
        """Where `figure` of the level axis stands, in points from the left."""
        low, high = self.across
        return self.left + (figure - low) / (high - low) * self.width

    def y(self, figure: float) -> float:
        """Where `figure` of the upright axis stands, in points from above."""
        low, high = self.up
        return self.floor - (figure - low) / (high - low) * self.height

    def put(self, *marks: Mark) -> None:
        """Marks on top of what stands so far; words stand above all others."""
        self.marks += marks

    def text(self, x: float, y: float, text: str, **look: Any) -> None:
        """Words with their upper left corner at (x, y); `look` as in `Words`."""
        self.put(Words(x + 1, y, text, **look))

    def key_text(self, x: float, y: float, text: str) -> None:
        """A name in the key, level with a sign whose middle is at `y`."""
        self.put(Words(x + 1, y, text, middle=True))

    def base(self, ticks: Sequence[float], labels: Sequence[str]) -> None:
        """The level line below the plot, with a tick and a label at each of these figures."""
        self.put(Stroke(((self.left, self.floor), (self.right, self.floor)), QUIET, 0.8))
        for tick, label in zip(ticks, labels, strict=True):
            x, end = self.x(tick), self.floor + TICK
            self.put(Stroke(((x, self.floor), (x, end)), QUIET, 0.8))
            self.put(Words(x, end + PAD, label, side="centre"))

    def base_label(self, text: str) -> None:
        """What the level axis counts, below its numbers."""
        y = self.floor + TICK + 2 * PAD + TEXT
        self.put(Words((self.left + self.right) / 2, y, text, side="centre"))

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height in millimetres."""
        return WIDTH_MM, round(self.total / POINTS_PER_MM, 2)
