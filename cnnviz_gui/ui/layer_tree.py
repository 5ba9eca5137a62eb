"""The layer tree: a search field above blocks and layers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.layer_delegate import LayerNameDelegate
from cnnviz_gui.ui.layer_model import LAYER_ROLE, NAME, SHAPE, LayerFilter, LayerModel
from cnnviz_gui.ui.theme import dim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cnnviz_gui.core.network import Network

_INDENTATION = 10
_NAME_WIDTH = 140


class LayerTree(QWidget):
    """Blocks and layers with their output shapes, and a field to search them.

    Going to a layer (a click, Up and Down, Enter in the search field) emits ``layer_chosen``; going to a block
    emits nothing. While something is searched, blocks stand open around what was found; when the field is
    cleared, they are as open as they were before. What a search does to the selection is not a choice.
    """

    layer_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layerTree")
        self._chosen = ""
        self._is_showing = False
        self._shape_width = 0
        self._open_before_search: list[str] | None = None
        self._model = LayerModel(self)
        self._filter = LayerFilter(self)
        self._filter.setSourceModel(self._model)
        self._search = self._make_search()
        self._tree = self._make_tree()
        self._empty = QLabel(self.tr("Open a network to see its layers."))
        self._empty.setObjectName("layerTreeEmpty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setMargin(16)
        # What has the focus here hands it on to the layers when they come; Tab passes it by.
        self._empty.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        dim(self._empty)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._tree)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 8, 6, 0)
        layout.setSpacing(6)
        layout.addWidget(self._search)
        layout.addWidget(self._pages, 1)
        self.setFocusProxy(self._empty)
        self._tree.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setObjectName("layerSearch")
        search.setAccessibleName(self.tr("Search layers"))
        search.setPlaceholderText(self.tr("Search layers"))
        search.setToolTip(
            self.tr(
                "By name, by type (conv, pool, bn), by channels (>=512, <32, =64)\n"
                "or by the name in the tutorial (res2a_branch2a). All words must hold."
            )
        )
        search.setClearButtonEnabled(True)
        search.addAction(icon("search", "dim"), QLineEdit.ActionPosition.LeadingPosition)
        search.textChanged.connect(self._on_search_changed)
        search.returnPressed.connect(self._on_first_match_wanted)
        search.installEventFilter(self)
        return search

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setObjectName("layerTreeView")
        tree.setAccessibleName(self.tr("Layers"))
        tree.setModel(self._filter)
        tree.setItemDelegateForColumn(NAME, LayerNameDelegate(tree))
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setIndentation(_INDENTATION)
        tree.setIconSize(QSize(16, 16))
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tree.setFrameShape(QTreeView.Shape.NoFrame)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(SHAPE, QHeaderView.ResizeMode.Fixed)
        return tree

    def show_network(self, network: Network) -> None:
        """Shows the blocks and layers of a network."""
        self._chosen = ""
        self._open_before_search = None
        with self._showing():
            self._model.set_network(network)
        self._search_for(self._search.text())
        self._fit_shapes()

    def show_shapes(self, shapes: Mapping[str, tuple[int | None, ...]]) -> None:
        """Shows output shapes for the present picture."""
        self._model.set_shapes(shapes)
        self._fit_shapes()

    def show_layer(self, name: str) -> None:
        """Marks a layer as the chosen one, opening its blocks, without emitting anything."""
        self._chosen = name
        self._model.set_chosen(name)
        self._mark_chosen()

    @Slot()
    def focus_search(self) -> None:
        """Puts the cursor into the search field and selects what is typed there."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def sizeHint(self) -> QSize:
        """Tall: of the left column, the layers want most."""
        return QSize(300, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows the shapes where there is room for them."""
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F goes to the search field. A window whose menu has that shortcut takes it before it comes here."""
        if event.matches(QKeySequence.StandardKey.Find):
            self.focus_search()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape clears the search field, Down leaves it for the tree."""
        if watched is self._search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self._search.text():
                self._search.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                self._enter_tree()
                return True
        return super().eventFilter(watched, event)

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        layer = next((index.data(LAYER_ROLE) for index in selected.indexes()), None)
        if layer is not None and not self._is_showing:
            self._chosen = layer.name
            self._model.set_chosen(layer.name)
            self.layer_chosen.emit(layer.name)

    @Slot(str)
    def _on_search_changed(self, text: str) -> None:
        self._search_for(text)

    @Slot()
    def _on_first_match_wanted(self) -> None:
        first = next(self._rows(layers=True), None)
        if first is not None:
            self._tree.setCurrentIndex(first)
            self._tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search_for(self, text: str) -> None:
        searching = bool(text.strip())
        if searching and self._open_before_search is None:
            self._open_before_search = [self._path(index) for index in self._rows() if self._tree.isExpanded(index)]
        with self._showing():
            # Rows that go take the selection with them, and Qt then selects a neighbour: nobody chose that one.
            self._filter.search(text)
        if searching:
            self._tree.expandAll()
        elif self._open_before_search is not None:
            was_open = set(self._open_before_search)
            self._open_before_search = None
            for index in list(self._rows()):
                self._tree.setExpanded(index, self._path(index) in was_open)
        self._mark_chosen()
        self._show_page(text)

    def _show_page(self, text: str) -> None:
        page = self._tree if self._filter.rowCount() > 0 else self._empty
        if page is self._empty and self._model.rowCount() > 0:
            nothing = self.tr("No layer matches {text}.\n\nTry a part of a name, conv, or >=512.")
            self._empty.setText(nothing.format(text=text.strip()))
        self._pages.setCurrentWidget(page)
        self.setFocusProxy(page)

    def _mark_chosen(self) -> None:
        index = self._filter.mapFromSource(self._model.index_of_layer(self._chosen))
        with self._showing():
            if index.isValid():
                self._tree.setCurrentIndex(index)
                self._bring_into_sight(index)
            else:
                self._tree.clearSelection()
                self._tree.setCurrentIndex(QModelIndex())

    def _bring_into_sight(self, index: QModelIndex) -> None:
        """Opens the blocks of a row; one that was out of sight comes to the middle, with its neighbours around it."""
        self._tree.scrollTo(index)
        if not self._tree.viewport().rect().contains(self._tree.visualRect(index).adjusted(0, -8, -1, 8)):
            self._tree.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    @contextmanager
    def _showing(self) -> Iterator[None]:
        """What the selection does inside is shown, not chosen."""
        before, self._is_showing = self._is_showing, True
        try:
            yield
        finally:
            self._is_showing = before

    def _enter_tree(self) -> None:
        if not self._tree.currentIndex().isValid():
            self._on_first_match_wanted()
        self._tree.setFocus(Qt.FocusReason.TabFocusReason)

    def _fit_shapes(self) -> None:
        metrics = self._tree.fontMetrics()
        widest = max(metrics.horizontalAdvance(text) for text in self._model.shape_texts())
        self._shape_width = widest + 10
        self._tree.setColumnHidden(SHAPE, False)
        self._tree.header().resizeSection(SHAPE, self._shape_width)
        self._make_room()

    def _make_room(self) -> None:
        """Where there is room for one of them only, the name is shown; the shape is in its tooltip."""
        self._tree.setColumnHidden(SHAPE, self._tree.viewport().width() < self._shape_width + _NAME_WIDTH)

    def _rows(self, parent: QModelIndex | None = None, *, layers: bool = False) -> Iterator[QModelIndex]:
        """All rows that the search leaves, from the top; or those of layers only."""
        above = parent or QModelIndex()
        for row in range(self._filter.rowCount(above)):
            index = self._filter.index(row, NAME, above)
            if not layers or index.data(LAYER_ROLE) is not None:
                yield index
            yield from self._rows(index, layers=layers)

    def _path(self, index: QModelIndex) -> str:
        parent = index.parent()
        return (self._path(parent) + "/" if parent.isValid() else "") + str(index.data())
