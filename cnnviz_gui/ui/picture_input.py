"""How the picture is fed: its size, its preprocessing, and the range that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSizePolicy, QWidget

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.preprocessing import PREPROCESSINGS
from cnnviz_gui.session.wording import CONTEXT, words
from cnnviz_gui.ui.picture_size import TUTORIAL_SIZE, parse_size, size_text
from cnnviz_gui.ui.theme import dim, mark
from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from cnnviz_gui.core.network import Network, Size


class PictureInput(QWidget):
    """Two choices and what they lead to.

    The size can be chosen or typed as height x width; it is emitted when Enter is pressed or the field is left,
    and only when it is another one. What cannot be a size is marked and explained, and not emitted.
    """

    size_chosen = Signal(object)
    preprocessing_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureInput")
        self._network: Network | None = None
        self._picture_size: Size | None = None
        self._size: Size = (224, 224)
        self._sizes = self._make_sizes()
        self._preprocessing = self._make_preprocessing()
        self._problem = WrappedLabel("sizeProblem")
        self._problem.setProperty("tone", "danger")
        self._reason = WrappedLabel("preprocessingReason")
        self._fed = WrappedLabel("fedRange")
        for label in (self._reason, self._fed):
            dim(label)
        for label in (self._problem, self._reason, self._fed):
            label.hide()
        size_label = QLabel(self.tr("Input si&ze"))
        size_label.setBuddy(self._sizes)
        preprocessing_label = QLabel(self.tr("P&reprocessing"))
        preprocessing_label.setBuddy(self._preprocessing)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(size_label, 0, 0)
        grid.addWidget(self._sizes, 0, 1)
        grid.addWidget(self._problem, 1, 1)
        grid.addWidget(preprocessing_label, 2, 0)
        grid.addWidget(self._preprocessing, 2, 1)
        grid.addWidget(self._fed, 3, 1)
        grid.addWidget(self._reason, 4, 0, 1, 2)
        self._fill_sizes()

    def _make_sizes(self) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName("inputSize")
        combo.setAccessibleName(self.tr("Input size, height x width"))
        combo.setToolTip(self.tr("Height x width that the picture is squashed to before the network sees it"))
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Qt would complete "500" to the first row that begins so, and send that off with Enter.
        combo.setCompleter(None)  # type: ignore[arg-type]
        _let_shrink(combo)
        combo.activated.connect(self._on_size_activated)
        self._edit_of(combo).editingFinished.connect(self._on_size_typed)
        self._edit_of(combo).textEdited.connect(self._on_size_edited)
        return combo

    def _make_preprocessing(self) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName("preprocessing")
        combo.setAccessibleName(self.tr("Preprocessing"))
        _let_shrink(combo)
        for row in PREPROCESSINGS.values():
            combo.addItem(_translated(row.title), row.name)
        combo.activated.connect(self._on_preprocessing_activated)
        return combo

    def show_network(self, network: Network) -> None:
        """Offers the network's sizes and tells why it has its preprocessing."""
        self._network = network
        self._fill_sizes()
        self._explain()

    def show_picture_size(self, size: Size) -> None:
        """Offers the picture's own (height, width)."""
        self._picture_size = size
        self._fill_sizes()

    def show_input(self, size: Size, preprocessing: str) -> None:
        """Sets both choices, without emitting anything."""
        self._size = size
        self._show_size()
        self._preprocessing.setCurrentIndex(self._preprocessing.findData(preprocessing))
        self._explain()

    def show_range(self, fed: tuple[float, float] | None) -> None:
        """Shows the range of the tensor as fed, or nothing."""
        self._fed.setVisible(True)
        # A blank keeps the line's height, so that nothing jumps while another picture is being looked at.
        text = self.tr("fed {low:.2f} .. {high:.2f}").format(low=fed[0], high=fed[1]) if fed else " "
        self._fed.setText(text)

    @Slot(int)
    def _on_size_activated(self, index: int) -> None:
        height, width = self._sizes.itemData(index)
        self._choose((height, width))

    @Slot()
    def _on_size_typed(self) -> None:
        try:
            size = parse_size(self._sizes.currentText())
        except CnnvizError as error:
            self._show_problem(words(error.what))
            return
        self._choose(size)

    @Slot(str)
    def _on_size_edited(self, _text: str) -> None:
        self._show_problem("")

    @Slot(int)
    def _on_preprocessing_activated(self, index: int) -> None:
        self._explain()
        self.preprocessing_chosen.emit(self._preprocessing.itemData(index))

    def _choose(self, size: Size) -> None:
        changed, self._size = size != self._size, size
        self._show_size()
        if changed:
            self.size_chosen.emit(self._size)

    def _show_size(self) -> None:
        self._show_problem("")
        row = next((i for i in range(self._sizes.count()) if tuple(self._sizes.itemData(i)) == self._size), -1)
        self._sizes.setCurrentIndex(row)
        self._sizes.setEditText(self._sizes.itemText(row) if row >= 0 else size_text(self._size))
        self._edit_of(self._sizes).setCursorPosition(0)

    def _show_problem(self, text: str) -> None:
        mark(self._sizes, "invalid", bool(text))
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _fill_sizes(self) -> None:
        fixed = self._network.input_size if self._network else None
        self._sizes.clear()
        if fixed is not None:
            self._sizes.addItem(self.tr("{size} (fixed)").format(size=size_text(fixed)), fixed)
        else:
            for text, size in self._offers():
                self._sizes.addItem(text.format(size=size_text(size)), size)
        self._sizes.setEnabled(fixed is None)
        self._sizes.setToolTip(
            self.tr("Height x width that the picture is squashed to before the network sees it")
            if fixed is None
            else self.tr("This network takes pictures of this size only (height x width).")
        )
        self._show_size()

    def _offers(self) -> list[tuple[str, Size]]:
        offers = [(self.tr("{size} (tutorial's)"), TUTORIAL_SIZE)]
        if self._network is not None:
            offers.insert(0, (self.tr("{size} (network's own)"), self._network.nominal_size))
        if self._picture_size is not None:
            offers.append((self.tr("{size} (picture's own)"), self._picture_size))
        sizes = [size for _, size in offers]
        return [offer for place, offer in enumerate(offers) if offer[1] not in sizes[:place]]

    def _explain(self) -> None:
        if self._network is None:
            return
        own = self._network.preprocessing
        if self._preprocessing.currentData() == own:
            text = _translated(self._network.preprocessing_reason)
            text = " ".join((text, *(words(note) for note in self._network.notes)))
        else:
            row = PREPROCESSINGS.get(own)
            title = _translated(row.title) if row else own
            text = self.tr("Not the network's own, which is {title}.").format(title=title)
        self._reason.setText(text)
        self._reason.setVisible(bool(text))
        self._preprocessing.setToolTip(text)

    @staticmethod
    def _edit_of(combo: QComboBox) -> QLineEdit:
        edit = combo.lineEdit()
        if edit is None:
            raise RuntimeError("The size can be typed, so its box has a line.")
        return edit


def _let_shrink(combo: QComboBox) -> None:
    """Lets a box be narrower than its longest row; its list is still as wide as that."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text) if text else ""
