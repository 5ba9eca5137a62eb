"""The layer tree, with the keyboard and the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QLineEdit, QTreeView

from cnnviz_gui.core.network import Layer, Network, NetworkSource, Reach, ReceptiveField
from cnnviz_gui.ui.layer_delegate import name_in_block
from cnnviz_gui.ui.layer_model import LayerModel
from cnnviz_gui.ui.layer_tree import LayerTree

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

FIELD = ReceptiveField(Reach(35, 8, -13), Reach(35, 8, -13))


def make_network(layers: tuple[Layer, ...]) -> Network:
    """A network of given layers."""
    return Network(
        NetworkSource("made-up"), "Made up", "0" * 64, layers, None, (224, 224), 3, "none", "", (), 0, layers[0].name
    )


def make_layers() -> tuple[Layer, ...]:
    """An input and two blocks of three layers, the second one in two parts."""

    def layer(name: str, type_name: str, channels: int, *block: str) -> Layer:
        return Layer(
            name,
            type_name,
            (None, None, channels),
            1234,
            "float32",
            kernel_size=(3, 3) if type_name == "Conv2D" else (),
            activation="relu" if type_name == "Conv2D" else "",
            block=block,
            receptive_field=FIELD,
        )

    return (
        layer("input", "InputLayer", 3),
        layer("block1_conv", "Conv2D", 32, "block1"),
        layer("block1_bn", "BatchNormalization", 32, "block1"),
        layer("block2a_conv", "Conv2D", 512, "block2", "block2a"),
        layer("block2a_add", "Add", 512, "block2", "block2a"),
        layer("block2b_conv", "Conv2D", 512, "block2", "block2b"),
    )


@pytest.fixture
def tree(qtbot: QtBot) -> LayerTree:
    tree = LayerTree()
    qtbot.addWidget(tree)
    tree.resize(320, 500)
    tree.show_network(make_network(make_layers()))
    with qtbot.waitExposed(tree):
        tree.show()
    return tree


@pytest.fixture
def chosen(tree: LayerTree) -> list[str]:
    names: list[str] = []
    tree.layer_chosen.connect(names.append)
    return names


def _view(tree: LayerTree) -> QTreeView:
    view = tree.findChild(QTreeView, "layerTreeView")
    assert isinstance(view, QTreeView)
    return view


def _search(tree: LayerTree) -> QLineEdit:
    search = tree.findChild(QLineEdit, "layerSearch")
    assert isinstance(search, QLineEdit)
    return search


def _visible(tree: LayerTree) -> list[str]:
    """Names of the rows that can be seen, as far as blocks are open."""
    view = _view(tree)
    names = []
    index = view.model().index(0, 0)
    while index.isValid():
        names.append(str(index.data()))
        index = view.indexBelow(index)
    return names


def _row(tree: LayerTree, name: str, parent: QModelIndex | None = None) -> QModelIndex:
    model = _view(tree).model()
    above = parent or QModelIndex()
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        found = index if index.data() == name else _row(tree, name, index)
        if found.isValid():
            return found
    return QModelIndex()


def _click(qtbot: QtBot, tree: LayerTree, name: str) -> None:
    view = _view(tree)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(_row(tree, name)).center())


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = LayerModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_network(make_network(make_layers()))
    model.set_shapes({"block1_conv": (112, 112, 32)})
    model.set_chosen("block1_bn")
    assert tester.model() is model


def test_blocks_hold_their_layers(tree: LayerTree) -> None:
    assert _visible(tree) == ["input", "block1", "block2"]
    _view(tree).expandAll()
    assert _visible(tree) == [
        "input",
        "block1",
        "block1_conv",
        "block1_bn",
        "block2",
        "block2a",
        "block2a_conv",
        "block2a_add",
        "block2b",
        "block2b_conv",
    ]


def test_shapes_are_of_the_present_picture(tree: LayerTree) -> None:
    assert _row(tree, "block2b_conv").siblingAtColumn(1).data() == "? x ? x 512"
    tree.show_shapes({"block2b_conv": (14, 14, 512), "input": (224, 224, 3)})
    assert _row(tree, "block2b_conv").siblingAtColumn(1).data() == "14 x 14 x 512"
    assert _row(tree, "block2").siblingAtColumn(1).data() == "14 x 14 x 512", (
        "a block puts out what its last layer does"
    )


def test_the_tooltip_says_what_the_row_does_not(tree: LayerTree) -> None:
    tip = str(_row(tree, "block1_conv").data(Qt.ItemDataRole.ToolTipRole))
    for part in ("Conv2D", "1,234", "3 x 3", "35 x 35 pixels", "float32", "relu"):
        assert part in tip
    assert "2 layers" in str(_row(tree, "block1").data(Qt.ItemDataRole.ToolTipRole))


def test_a_click_on_a_layer_chooses_it(qtbot: QtBot, tree: LayerTree, chosen: list[str]) -> None:
    _click(qtbot, tree, "input")
    assert chosen == ["input"]


def test_a_click_on_a_block_chooses_nothing(qtbot: QtBot, tree: LayerTree, chosen: list[str]) -> None:
    _click(qtbot, tree, "block1")
    assert chosen == []


def test_arrows_walk_the_layers_and_open_the_blocks(qtbot: QtBot, tree: LayerTree, chosen: list[str]) -> None:
    tree.show_layer("input")
    view = _view(tree)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
    assert chosen == ["block1_conv", "block1_bn", "block1_conv"]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert "block1_conv" not in _visible(tree)
    assert chosen[-1] == "block1_conv"


def test_showing_a_layer_opens_its_blocks_and_emits_nothing(tree: LayerTree, chosen: list[str]) -> None:
    tree.show_layer("block2a_add")
    assert _view(tree).currentIndex().data() == "block2a_add"
    assert "block2a_add" in _visible(tree)
    assert "block2b_conv" not in _visible(tree)
    assert chosen == []


def test_a_search_shows_what_it_finds_within_its_blocks(qtbot: QtBot, tree: LayerTree, chosen: list[str]) -> None:
    qtbot.keyClicks(_search(tree), "type:conv >=512")
    assert _visible(tree) == ["block2", "block2a", "block2a_conv", "block2b", "block2b_conv"]
    assert chosen == [], "nobody chose anything yet"


def test_a_search_that_hides_the_chosen_layer_chooses_no_other(
    qtbot: QtBot, tree: LayerTree, chosen: list[str]
) -> None:
    tree.show_layer("block1_bn")
    qtbot.keyClicks(_search(tree), "add")
    assert chosen == []
    assert not _view(tree).selectionModel().hasSelection()
    qtbot.keyClick(_search(tree), Qt.Key.Key_Escape)
    assert _view(tree).currentIndex().data() == "block1_bn"
    assert chosen == []


def test_escape_clears_and_restores_what_was_open(qtbot: QtBot, tree: LayerTree) -> None:
    tree.show_layer("block1_bn")
    before = _visible(tree)
    qtbot.keyClicks(_search(tree), "add")
    assert _visible(tree) != before
    qtbot.keyClick(_search(tree), Qt.Key.Key_Escape)
    assert _search(tree).text() == ""
    assert _visible(tree) == before


def test_enter_chooses_the_first_match(qtbot: QtBot, tree: LayerTree, chosen: list[str]) -> None:
    qtbot.keyClicks(_search(tree), "block2 conv")
    qtbot.keyClick(_search(tree), Qt.Key.Key_Return)
    assert chosen == ["block2a_conv"]


def test_down_leaves_the_field_for_the_tree(qtbot: QtBot, tree: LayerTree, chosen: list[str]) -> None:
    qtbot.keyClicks(_search(tree), "add")
    qtbot.keyClick(_search(tree), Qt.Key.Key_Down)
    assert chosen == ["block2a_add"]


def test_ctrl_f_goes_to_the_field(qtbot: QtBot, tree: LayerTree) -> None:
    tree.activateWindow()
    _view(tree).setFocus()
    qtbot.keyClick(_view(tree), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(_search(tree).hasFocus)


def test_no_match_is_said(qtbot: QtBot, tree: LayerTree) -> None:
    qtbot.keyClicks(_search(tree), "lstm")
    empty = tree.findChild(QLabel, "layerTreeEmpty")
    assert isinstance(empty, QLabel)
    assert empty.isVisible()
    assert "lstm" in empty.text()
    _search(tree).clear()
    assert not empty.isVisible()


def test_an_empty_tree_says_what_to_do(qtbot: QtBot) -> None:
    tree = LayerTree()
    qtbot.addWidget(tree)
    tree.show()
    empty = tree.findChild(QLabel, "layerTreeEmpty")
    assert isinstance(empty, QLabel)
    assert "Open a network" in empty.text()
    assert empty.isVisible()


def test_another_network_replaces_everything(tree: LayerTree, chosen: list[str]) -> None:
    tree.show_layer("block1_bn")
    tree.show_network(make_network(make_layers()[:1]))
    assert _visible(tree) == ["input"]
    assert chosen == []


def test_a_layer_in_a_block_is_shown_by_the_rest_of_its_name() -> None:
    assert name_in_block("block5c_expand_conv", "block5c") == "expand_conv"
    assert name_in_block("inner/conv", "inner") == "conv"
    assert name_in_block("conv", "stem") == "conv"
    assert name_in_block("block5c", "block5") == "block5c"
    assert name_in_block("stem", "stem") == "stem"


def test_narrow_shows_names_alone(tree: LayerTree) -> None:
    tree.show_shapes({"input": (224, 224, 3)})
    assert not _view(tree).isColumnHidden(1)
    tree.resize(150, 500)
    assert _view(tree).isColumnHidden(1)
    tree.resize(320, 500)
    assert not _view(tree).isColumnHidden(1)
