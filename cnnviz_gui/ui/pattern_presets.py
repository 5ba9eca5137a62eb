"""The preset, of the application or of one's own, and what can be done with those of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QInputDialog,
    QMenu,
    QMessageBox,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.own_presets import CUSTOM, OwnPresets
from cnnviz_gui.session.wording import words
from cnnviz_gui.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.core.pattern import PatternSettings


class PresetField(QWidget):
    """A list of presets, and a menu that saves what is chosen as one, renames and deletes.

    Args:
        settings: Gives what is chosen now.
    """

    chosen = Signal(object)
    """PatternSettings: a person has turned to a preset."""
    saved = Signal(object)
    """PatternSettings: what was chosen has become a preset."""

    def __init__(self, settings: Callable[[], PatternSettings], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._store = OwnPresets()
        self.own = self._store.all()
        """The user's own presets by name."""
        self.list = QComboBox()
        self.list.setObjectName("patternPreset")
        self.list.setMinimumContentsLength(6)
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setAccessibleName(self.tr("Preset"))
        self.list.setToolTip(
            self.tr(
                "Tutorial: exactly the source tutorial's.\nClear: larger and more natural shapes, slower.\n"
                "DeepDream: what a whole layer sees in the picture.\nClass: what a classifier's classes look like."
            )
        )
        self.list.activated.connect(self._on_activated)
        menu = QMenu(self)
        menu.addAction(self.tr("&Save as a preset…"), self._on_save)
        self._rename = menu.addAction(self.tr("&Rename this preset…"), self._on_rename)
        self._delete = menu.addAction(self.tr("&Delete this preset"), self._on_delete)
        menu.aboutToShow.connect(self._on_menu_about_to_show)
        more = QToolButton()
        more.setObjectName("patternPresetMenu")
        more.setIcon(icon("menu", "dim"))
        more.setIconSize(QSize(12, 12))
        more.setProperty("tight", "true")
        more.setToolTip(self.tr("Save, rename or delete presets of your own"))
        more.setAccessibleName(self.tr("Presets of your own"))
        more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(menu)
        more.setFixedHeight(self.list.sizeHint().height())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.list, 1)
        line.addWidget(more)
        self._fill()

    def show_preset(self, name: str) -> None:
        """Chooses a preset by its name, without emitting anything."""
        known = name in PRESETS or name in self.own
        self.list.setCurrentIndex(self.list.findData(name if known else CUSTOM))

    def _fill(self) -> None:
        self.list.clear()
        titles = (
            ("tutorial", self.tr("Tutorial")),
            ("clear", self.tr("Clear")),
            ("deepdream", self.tr("DeepDream")),
            ("class", self.tr("Class")),
        )
        for name, title in titles:
            self.list.addItem(title, name)
        for name in self.own:
            self.list.addItem(name, name)
        self.list.addItem(self.tr("Custom"), CUSTOM)
        model = self.list.model()
        if isinstance(model, QStandardItemModel):
            # Custom is what changed parameters are, and nothing that one could turn to.
            model.item(self.list.findData(CUSTOM)).setEnabled(False)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        name = self.list.itemData(index)
        preset = PRESETS.get(name) or self.own.get(name)
        if preset is not None:
            self.chosen.emit(preset)

    @Slot()
    def _on_menu_about_to_show(self) -> None:
        is_own = self.list.currentData() in self.own
        self._rename.setEnabled(is_own)
        self._delete.setEnabled(is_own)

    @Slot()
    def _on_save(self) -> None:
        name, is_given = QInputDialog.getText(self, self.tr("Save as a preset"), self.tr("Name"))
        if is_given:
            self._change(lambda: self._store.save(name, self._settings()))

    @Slot()
    def _on_rename(self) -> None:
        old = str(self.list.currentData())
        name, is_given = QInputDialog.getText(self, self.tr("Rename the preset"), self.tr("Name"), text=old)
        if is_given:
            self._change(lambda: self._store.rename(old, name))

    @Slot()
    def _on_delete(self) -> None:
        self._change(lambda: self._store.delete(str(self.list.currentData())))

    def _change(self, change: Callable[[], object]) -> None:
        """Makes a change to the presets of one's own; says in words why it cannot be made."""
        settings = self._settings()
        try:
            change()
        except CnnvizError as error:
            text = " ".join(part for part in (words(error.what), words(error.hint)) if part)
            QMessageBox.warning(self, self.tr("Presets"), text)
            return
        self.own = self._store.all()
        self._fill()
        self.saved.emit(settings)
