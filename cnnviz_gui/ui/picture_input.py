"""How the picture is fed: its size, its preprocessing, and the range that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.preprocessing import PREPROCESSINGS
from cnnviz_gui.session.wording import CONTEXT, words
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.picture_size import LARGEST, SMALLEST, TUTORIAL_SIZE, parse_size, size_text
from cnnviz_gui.ui.theme import dim, mark
from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from cnnviz_gui.core.network import Network, Size


class PictureInput(QWidget):
    """Two choices and what they lead to.

    The size can be chosen or typed as height x width; it is emitted when Enter is pressed or the field is left,
    and only when it is another one. What cannot be a size, or not one of this network, is marked and explained, and
    not emitted. A preprocessing that is not the network's own is said to be the user's choice, with a way back.
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
        self._notes = WrappedLabel("networkNotes")
        self._own = QPushButton(icon("undo"), self.tr("Use the network's own"))
        self._own.setObjectName("preprocessingOwn")
        self._own.clicked.connect(self._on_own_clicked)
        for label in (self._reason, self._fed, self._notes):
            dim(label)
        for widget in (self._problem, self._reason, self._fed, self._notes, self._own):
            widget.hide()
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
        grid.addWidget(self._own, 5, 1)
        grid.addWidget(self._notes, 6, 0, 1, 2)
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
        notes = " ".join(words(note) for note in network.notes)
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))

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
        if self._network is not None and size != self._network.allowed(size):
            self._show_problem(self._why_fixed())
            return
        self._choose(size)

    @Slot(str)
    def _on_size_edited(self, _text: str) -> None:
        self._show_problem("")

    @Slot(int)
    def _on_preprocessing_activated(self, index: int) -> None:
        self._explain()
        self.preprocessing_chosen.emit(self._preprocessing.itemData(index))

    @Slot()
    def _on_own_clicked(self) -> None:
        if self._network is not None:
            self._preprocessing.setCurrentIndex(self._preprocessing.findData(self._network.preprocessing))
            self._preprocessing.setFocus()
            self._on_preprocessing_activated(self._preprocessing.currentIndex())

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
        is_fixed = self._network is not None and None not in self._network.fixed_sides
        self._sizes.clear()
        for text, size in self._offers():
            self._sizes.addItem(text.format(size=size_text(size)), size)
        self._sizes.setEnabled(not is_fixed)
        tip = self.tr("Height x width that the picture is squashed to before the network sees it")
        self._sizes.setToolTip(self._why_fixed() or tip)
        self._show_size()

    def _offers(self) -> list[tuple[str, Size]]:
        network, own = self._network, self._picture_size
        if network is not None and None not in network.fixed_sides:
            return [(self.tr("{size} (fixed)"), network.nominal_size)]
        offers = [(self.tr("{size} (tutorial's)"), TUTORIAL_SIZE)]
        if network is not None:
            offers.insert(0, (self.tr("{size} (network's own)"), network.nominal_size))
        if own is not None:
            offers.append((self.tr("{size} (picture's own)"), own))
        if network is not None and any(network.fixed_sides):
            offers = [offer for offer in offers if offer[1] == network.allowed(offer[1])]
            if own is not None:
                offers.append((self.tr("{size} (picture's proportions)"), _in_proportion(own, network)))
        sizes = [size for _, size in offers]
        return [offer for place, offer in enumerate(offers) if offer[1] not in sizes[:place]]

    def _why_fixed(self) -> str:
        """What cannot be changed about the size, or nothing."""
        height, width = self._network.fixed_sides if self._network else (None, None)
        if height and width:
            return self.tr("This network takes pictures of this size only (height x width).")
        if height:
            return self.tr("This network takes pictures that are {height} pixels high only.").format(height=height)
        if width:
            return self.tr("This network takes pictures that are {width} pixels wide only.").format(width=width)
        return ""

    def _explain(self) -> None:
        if self._network is None:
            return
        own = self._network.preprocessing
        is_own = self._preprocessing.currentData() == own
        if is_own:
            text = _translated(self._network.preprocessing_reason)
        else:
            row = PREPROCESSINGS.get(own)
            title = _translated(row.title) if row else own
            text = self.tr("Your choice for this network; its own is {title}.").format(title=title)
        self._reason.setText(text)
        self._reason.setVisible(bool(text))
        self._own.setVisible(not is_own)
        self._preprocessing.setToolTip(text)

    @staticmethod
    def _edit_of(combo: QComboBox) -> QLineEdit:
        edit = combo.lineEdit()
        if edit is None:
            raise RuntimeError("The size can be typed, so its box has a line.")
        return edit


def _in_proportion(picture: Size, network: Network) -> Size:
    """The (height, width) with the picture's proportions and the network's one fixed side."""
    height, width = network.fixed_sides
    if height:
        return height, min(max(round(picture[1] * height / picture[0]), SMALLEST), LARGEST)
    side = width or picture[1]
    return min(max(round(picture[0] * side / picture[1]), SMALLEST), LARGEST), side


def _let_shrink(combo: QComboBox) -> None:
    """Lets a box be narrower than its longest row; its list is still as wide as that."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text) if text else ""
