"""The dialog that opens a network from several files: the network, its weights, its own classes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.ui.dialogs import ApplicationDialog, ask_open_files
from cnnviz_gui.ui.theme import dim
from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Callable

_APPLICATION = "keras:"


class PartsDialog(QDialog):
    """Asks for a network or its architecture, and for what does not lie in that file.

    Args:
        source: What is known already.
        folder: Where files are looked for first.
        parent: The window.
    """

    def __init__(self, source: NetworkSource, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("partsDialog")
        self.setWindowTitle(self.tr("Open network from parts"))
        self._folder = folder
        self._network = self._make_line("partsNetwork", source.name, self.tr("a .keras, .h5 or .json file"))
        weights = "" if source.weights == "imagenet" else source.weights
        self._weights = self._make_line("partsWeights", weights, self.tr("those in the network's file"))
        self._classes = self._make_line("partsClasses", source.classes, self.tr("none"))
        self._top = QCheckBox(self.tr("With its classifying &top (fixed picture size)"))
        self._top.setObjectName("partsTop")
        self._top.setChecked(source.include_top)
        self._statement = WrappedLabel("partsStatement")
        self._statement.setText(
            self.tr(
                "A Python file is a program: opening the network runs it, and it can do whatever you can do on this "
                "computer. Name one only if you know where it comes from."
            )
        )
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        for line in (self._network, self._weights, self._classes):
            line.textChanged.connect(self._update)
        self._lay_out()
        self._update()
        (self._weights if source.name else self._network).setFocus()

    def source(self) -> NetworkSource:
        """What was chosen."""
        network, weights, classes = (line.text().strip() for line in (self._network, self._weights, self._classes))
        return NetworkSource(network, weights or "imagenet", self._top.isChecked(), classes)

    def sizeHint(self) -> QSize:
        """Wide enough for a path."""
        return QSize(640, super().sizeHint().height())

    def _make_line(self, name: str, text: str, placeholder: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setObjectName(name)
        line.setPlaceholderText(placeholder)
        line.setClearButtonEnabled(True)
        return line

    def _lay_out(self) -> None:
        networks = self.tr("Networks (*.keras *.h5 *.hdf5 *.json);;All files (*)")
        weights = self.tr("Weights (*.h5 *.hdf5 *.keras);;All files (*)")
        python = self.tr("Python files (*.py);;All files (*)")
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("&Network or architecture"), self._network, networks),
            (self.tr("&Weights"), self._weights, weights),
            (self.tr("Own &classes"), self._classes, python),
        )
        for row, (text, line, filters) in zip((0, 2, 3), rows, strict=True):
            label = QLabel(text)
            label.setBuddy(line)
            title = text.replace("&", "")
            line.setAccessibleName(title)
            choose = QPushButton(self.tr("Choose…"))
            choose.setObjectName(f"{line.objectName()}Choose")
            choose.setAccessibleName(self.tr("Choose: {what}").format(what=title))
            choose.setAutoDefault(False)
            choose.clicked.connect(self._asker(line, title, filters))
            grid.addWidget(label, row, 0)
            grid.addWidget(line, row, 1)
            grid.addWidget(choose, row, 2)
        applications = QPushButton(self.tr("&keras.applications…"))
        applications.setObjectName("partsApplication")
        applications.setAutoDefault(False)
        applications.clicked.connect(self._on_applications_clicked)
        grid.addWidget(self._top, 1, 1)
        grid.addWidget(applications, 1, 2)
        grid.addWidget(self._statement, 4, 1, 1, 2)
        dim(self._statement)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addStretch(1)
        layout.addWidget(self._buttons)

    def _asker(self, line: QLineEdit, title: str, filters: str) -> Callable[[], None]:
        def ask() -> None:
            folder = str(Path(line.text()).parent) if line.text() else self._folder
            paths = ask_open_files(self, title, folder, filters)
            if paths:
                line.setText(paths[0])
                self._folder = str(Path(paths[0]).parent)

        return ask

    @Slot()
    def _on_applications_clicked(self) -> None:
        dialog = ApplicationDialog(self, weights=self._weights.text().strip())
        if dialog.exec():
            chosen = dialog.source()
            self._network.setText(chosen.name)
            self._weights.setText("" if chosen.weights == "imagenet" else chosen.weights)
            self._top.setChecked(chosen.include_top)
        dialog.deleteLater()

    @Slot()
    def _update(self) -> None:
        network = self._network.text().strip()
        of_applications = network.startswith(_APPLICATION)
        self._top.setVisible(of_applications)
        placeholder = self.tr("ImageNet") if of_applications else self.tr("those in the network's file")
        self._weights.setPlaceholderText(placeholder)
        self._buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(bool(network))
