"""The layers of a network as a tree: blocks, then layers; read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QFont, QGuiApplication, QIcon, QPalette

from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.layer_search import layer_query
from cnnviz_gui.ui.layer_types import layer_look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cnnviz_gui.core.network import Layer, Network

    Index = QModelIndex | QPersistentModelIndex

NAME, SHAPE = range(2)
LAYER_ROLE = int(Qt.ItemDataRole.UserRole)
"""The `Layer` of a row, or None for a block."""
_NO_INDEX = QModelIndex()


class _Node:
    """A row: a block, or a layer."""

    __slots__ = ("children", "layer", "name", "parent", "row", "shape")

    def __init__(self, name: str, layer: Layer | None, parent: int, row: int) -> None:
        self.name = name
        self.layer = layer
        self.parent = parent
        self.row = row
        self.children: list[int] = []
        self.shape: tuple[int | None, ...] = layer.shape if layer else ()


class LayerModel(QAbstractItemModel):
    """Blocks and layers, in the order of computation; every row has a number, which is its index's id.

    Number 0 is the invisible root. A block's shape is the one that its last layer puts out.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes = [_Node("", None, 0, 0)]
        self._by_layer: dict[str, int] = {}
        self._chosen = ""
        self._icons: dict[str, QIcon] = {}

    def set_network(self, network: Network) -> None:
        """Shows another network."""
        self.beginResetModel()
        self._nodes = [_Node("", None, 0, 0)]
        self._by_layer = {}
        self._chosen = ""
        blocks: dict[tuple[str, ...], int] = {(): 0}
        for layer in network.layers:
            for depth in range(1, len(layer.block) + 1):
                path = layer.block[:depth]
                if path not in blocks:
                    blocks[path] = self._append(path[-1], None, blocks[path[:-1]])
            self._by_layer[layer.name] = self._append(layer.name, layer, blocks[layer.block])
        self._settle_block_shapes()
        self.endResetModel()

    def set_shapes(self, shapes: Mapping[str, tuple[int | None, ...]]) -> None:
        """Shows output shapes for the present picture; layers that are not among them keep theirs."""
        before = [node.shape for node in self._nodes]
        for name, number in self._by_layer.items():
            self._nodes[number].shape = tuple(shapes.get(name, self._nodes[number].shape))
        self._settle_block_shapes()
        changed = {node.parent for node, shape in zip(self._nodes, before, strict=True) if node.shape != shape}
        for number, node in enumerate(self._nodes):
            if number in changed and node.children:
                parent = self._index_of(number)
                last = len(node.children) - 1
                self.dataChanged.emit(self.index(0, SHAPE, parent), self.index(last, SHAPE, parent))

    def shape_texts(self) -> set[str]:
        """Every shape as it is written, without the cost of asking row by row."""
        return {shape_text(node.shape) for node in self._nodes}

    def set_chosen(self, name: str) -> None:
        """Marks a layer as the chosen one."""
        before, self._chosen = self._chosen, name
        for changed in {before, name}:
            where = self.index_of_layer(changed)
            if where.isValid():
                self.dataChanged.emit(where, where, [Qt.ItemDataRole.FontRole])

    def index_of_layer(self, name: str) -> QModelIndex:
        """Where a layer's row is; an invalid index if there is none."""
        number = self._by_layer.get(name)
        return QModelIndex() if number is None else self._index_of(number)

    def found(self, text: str) -> set[int]:
        """Numbers of the layers that a search finds, and of the blocks they lie in."""
        test = layer_query(text)
        found = {0}
        for number, node in enumerate(self._nodes):
            if node.layer is not None and test(node.layer, (node.shape[-1] or 0) if node.shape else 0):
                while number not in found:
                    found.add(number)
                    number = self._nodes[number].parent
        return found

    def number_of(self, row: int, parent: Index) -> int:
        """Number of a row, without the cost of an index."""
        return self._nodes[parent.internalId() if parent.isValid() else 0].children[row]

    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        """As Qt asks for it."""
        children = self._nodes[parent.internalId() if parent.isValid() else 0].children
        if not (0 <= row < len(children) and 0 <= column < 2):
            return QModelIndex()
        return self.createIndex(row, column, children[row])

    def parent(self, child: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]
        """As Qt asks for it."""
        return self._index_of(self._nodes[child.internalId()].parent) if child.isValid() else QModelIndex()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """As Qt asks for it."""
        if parent.column() > 0:
            return 0
        return len(self._nodes[parent.internalId() if parent.isValid() else 0].children)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Name and shape."""
        return 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Titles of the columns, for screen readers; the tree hides its header."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Layer") if section == NAME else self.tr("Output")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """As Qt asks for it."""
        if not index.isValid():
            return None
        node = self._nodes[index.internalId()]
        if role == LAYER_ROLE:
            return node.layer
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._layer_tip(node.layer) if node.layer else self._block_tip(node)
        return self._name_data(node, role) if index.column() == NAME else self._shape_data(node, role)

    def _name_data(self, node: _Node, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return node.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(layer_look(node.layer.type).icon if node.layer else "block")
        if role == Qt.ItemDataRole.FontRole and node.layer is not None and node.name == self._chosen:
            font = QFont(QGuiApplication.font())
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def _shape_data(self, node: _Node, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return shape_text(node.shape)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return None

    def _layer_tip(self, layer: Layer) -> str:
        number = self._by_layer[layer.name]
        rows = [
            (self.tr("Type"), layer.type),
            (self.tr("Output"), shape_text(self._nodes[number].shape)),
            (self.tr("Parameters"), f"{layer.parameters:,}"),
            (self.tr("Kernel"), shape_text(layer.kernel_size)),
            (self.tr("Stride"), shape_text(layer.strides)),
            (self.tr("Activation"), layer.activation),
            (self.tr("Type of numbers"), layer.dtype),
        ]
        if layer.receptive_field is not None:
            down, right = layer.receptive_field.rows, layer.receptive_field.columns
            sees = self.tr("{height:g} x {width:g} pixels").format(height=down.size, width=right.size)
            rows.insert(-1, (self.tr("Receptive field"), sees))
        table = "".join(
            f"<tr><td>{label}&nbsp;&nbsp;</td><td>{_plain(value)}</td></tr>" for label, value in rows if value
        )
        return f"<b>{_plain(layer.name)}</b><table>{table}</table>"

    def _block_tip(self, node: _Node) -> str:
        return self.tr("{name}: {count} layers").format(name=node.name, count=self._layers_in(node))

    def _layers_in(self, node: _Node) -> int:
        return sum(1 if self._nodes[n].layer else self._layers_in(self._nodes[n]) for n in node.children)

    def _icon(self, name: str) -> QIcon:
        if name not in self._icons:
            self._icons[name] = icon(name, "accent" if name in {"layer-conv", "layer-depthwise"} else "dim")
        return self._icons[name]

    def _append(self, name: str, layer: Layer | None, parent: int) -> int:
        siblings = self._nodes[parent].children
        self._nodes.append(_Node(name, layer, parent, len(siblings)))
        siblings.append(len(self._nodes) - 1)
        return siblings[-1]

    def _settle_block_shapes(self) -> None:
        # Children are numbered after their parents, so backwards the inner blocks are settled first.
        for node in reversed(self._nodes):
            if node.layer is None and node.children:
                node.shape = self._nodes[node.children[-1]].shape

    def _index_of(self, number: int) -> QModelIndex:
        return self.createIndex(self._nodes[number].row, NAME, number) if number else QModelIndex()


class LayerFilter(QSortFilterProxyModel):
    """Shows the layers that a search finds, and the blocks they lie in.

    The search runs once over the layers; Qt's questions about single rows are then answered from its result.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: set[int] | None = None

    def search(self, text: str) -> None:
        """Shows what a search finds; everything when it is empty."""
        model = cast("LayerModel", self.sourceModel())
        self._found = model.found(text) if text.strip() else None
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """As Qt asks for it."""
        if self._found is None:
            return True
        return cast("LayerModel", self.sourceModel()).number_of(source_row, source_parent) in self._found


def shape_text(shape: tuple[int | None, ...]) -> str:
    """Writes a shape for people: "14 x 14 x 112", with a question mark where it depends on the picture."""
    return " x ".join("?" if side is None else str(side) for side in shape)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
