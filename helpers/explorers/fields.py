"""Fields in which a reader changes the numbers that are learnt, folded away until they are wanted."""

import math
from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
from traitlets import Bunch, validate

from ..arguments import quoted
from ..figures.numbers import number
from .refusal import Anything, refused

LARGEST = 1e6
ROW: dict[str, Any] = {"flex_flow": "row wrap"}


class NumberFields(widgets.VBox):
    """Rows of fields, each with one number, and a button that brings the first numbers back.

    `value` holds all numbers at once; a subclass says how, in `to_numbers` and `from_numbers`. A field takes a decimal
    comma for a point; what is no number is put back, and said.
    rows: what a row is called, and its fields. more: widgets above the rows.
    """

    value = Anything()

    def __init__(self, value: Any, rows: Sequence[tuple[str, Sequence[str]]], *more: widgets.Widget):
        self.first = value
        self.rows = [[_field(name) for name in names] for _, names in rows]
        self.back = widgets.Button(description="back to the lesson's numbers", layout={"width": "auto"})
        self.message = widgets.Label()
        titles = [widgets.Label(title, layout={"width": "110px"}) for title, _ in rows]
        content = widgets.VBox(
            [
                widgets.HBox([*more, self.back, self.message], layout=ROW),
                *(widgets.HBox([title, *fields], layout=ROW) for title, fields in zip(titles, self.rows)),
            ]
        )
        super().__init__([widgets.Accordion([content], titles=["change the numbers"], selected_index=None)])
        self.value = value
        self.show()
        self.observe(lambda change: self.show(), "value")
        self.back.on_click(lambda button: self.set_trait("value", self.first))
        for field in self.fields():
            field.observe(self._read, "value")

    @validate("value")
    def _validate_value(self, proposal: Bunch) -> Any:
        with refused():
            return self.checked(proposal.value)

    def checked(self, value: Any) -> Any:
        """The value, of numbers that fit the fields; else ValueError."""
        if isinstance(value, list | tuple) and len(value) == len(self.first):
            found = type(self.first).of(*value)
            if len(self.to_numbers(found)) == len(self.fields()):
                return found
        raise ValueError(f"value must be like {quoted(self.first)}; got {quoted(value)}.")

    def to_numbers(self, value: Any) -> list[float]:
        """All numbers, in the order of the fields."""
        raise NotImplementedError

    def from_numbers(self, numbers: list[float]) -> Any:
        raise NotImplementedError

    def fields(self) -> list[widgets.Text]:
        return [field for row in self.rows for field in row]

    def show(self) -> None:
        """Write the numbers into the fields."""
        for field, value in zip(self.fields(), self.to_numbers(self.value)):
            field.value = number(value, 6)

    def _read(self, change: Bunch) -> None:
        place, numbers = self.fields().index(change.owner), self.to_numbers(self.value)
        written = number(numbers[place], 6)
        if change.new == written:
            return
        typed = _parsed(change.new)
        if math.isnan(typed) or abs(typed) > LARGEST:
            self.message.value = f"{change.new!r} is no number between {-LARGEST:,.0f} and {LARGEST:,.0f}."
            change.owner.value = written
            return
        self.message.value = ""
        numbers[place] = typed
        self.value = self.from_numbers(numbers)


def _field(name: str) -> widgets.Text:
    return widgets.Text(
        description=name, continuous_update=False, layout={"width": "170px"}, style={"description_width": "90px"}
    )


def _parsed(text: str) -> float:
    """0.02 or 0,02; NaN for what is no number."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return math.nan
