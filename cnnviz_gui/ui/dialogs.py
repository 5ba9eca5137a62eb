"""Dialogs that ask for files, folders and networks, and that tell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.zoo import APPLICATIONS


def ask_open_files(parent: QWidget, title: str, folder: str, filters: str) -> list[str]:
    """Asks for files to open; empty when it was cancelled."""
    paths, _ = QFileDialog.getOpenFileNames(parent, title, folder, filters)
    return paths


def ask_folder(parent: QWidget, title: str, folder: str) -> str:
    """Asks for a folder; empty when it was cancelled."""
    return QFileDialog.getExistingDirectory(parent, title, folder)


def ask_save(parent: QWidget, title: str, path: str, filters: str) -> str:
    """Asks where to save; empty when it was cancelled. Asks before an older file is replaced."""
    dialog = QFileDialog(parent, title, path, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.selectFile(path)

    def use_suffix(chosen_filter: str) -> None:
        # The ending belongs to the name that is asked about, so it is added before an older file is looked for.
        dialog.setDefaultSuffix(chosen_filter.partition("*.")[2].rstrip(")"))

    use_suffix(dialog.selectedNameFilter())
    dialog.filterSelected.connect(use_suffix)
    chosen = dialog.selectedFiles()[0] if dialog.exec() else ""
    dialog.deleteLater()
    return chosen


class ApplicationDialog(QDialog):
    """Chooses one of keras.applications, its weights, and whether with its classifying top.

    Args:
        parent: The window.
        weights: A file of weights that was chosen already, or "none", or empty.
    """

    def __init__(self, parent: QWidget | None = None, *, weights: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("applicationDialog")
        self.setWindowTitle(self.tr("Open from keras.applications"))
        self._search = QLineEdit()
        self._search.setObjectName("applicationSearch")
        self._search.setPlaceholderText(self.tr("Search networks…"))
        self._search.setAccessibleName(self.tr("Search networks"))
        self._search.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setObjectName("applicationList")
        self._list.setAccessibleName(self.tr("Networks"))
        for application in APPLICATIONS.values():
            item = QListWidgetItem(f"{application.name}")
            item.setData(Qt.ItemDataRole.UserRole, application.name)
            size = self.tr("made for {0} x {0} pictures").format(application.size)
            item.setToolTip(f"{application.name}: {size}")
            self._list.addItem(item)
        self._list.setCurrentRow(list(APPLICATIONS).index("ResNet50"))
        self._imagenet = QRadioButton(self.tr("&ImageNet (downloaded where missing)"))
        self._none = QRadioButton(self.tr("&None (untrained)"))
        self._file = QRadioButton(self.tr("From a &file:"))
        self._path = QLineEdit()
        self._path.setObjectName("weightsPath")
        self._path.setAccessibleName(self.tr("Weights file"))
        self._choose = QPushButton(self.tr("Choose…"))
        self._choose.setObjectName("chooseWeights")
        self._top = QCheckBox(self.tr("With its classifying &top (fixed picture size)"))
        self._top.setObjectName("includeTop")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        self._group = QButtonGroup(self)
        for name, button in (
            ("weightsImagenet", self._imagenet),
            ("weightsNone", self._none),
            ("weightsFile", self._file),
        ):
            button.setObjectName(name)
            self._group.addButton(button)
        from_file = weights if weights not in {"", "imagenet", "none"} else ""
        self._path.setText(from_file)
        (self._file if from_file else self._none if weights == "none" else self._imagenet).setChecked(True)
        self._lay_out()
        self._connect()
        self._update()

    def source(self) -> NetworkSource:
        """What was chosen."""
        item = self._list.currentItem()
        weights = "imagenet" if self._imagenet.isChecked() else "none"
        if self._file.isChecked():
            weights = self._path.text().strip()
        return NetworkSource(f"keras:{item.data(Qt.ItemDataRole.UserRole)}", weights, self._top.isChecked())

    def _lay_out(self) -> None:
        weights = QGridLayout()
        weights.setHorizontalSpacing(8)
        heading = QLabel(self.tr("Weights"))
        weights.addWidget(heading, 0, 0, 1, 3)
        weights.addWidget(self._imagenet, 1, 0, 1, 3)
        weights.addWidget(self._none, 2, 0, 1, 3)
        weights.addWidget(self._file, 3, 0)
        weights.addWidget(self._path, 3, 1)
        weights.addWidget(self._choose, 3, 2)
        below = QHBoxLayout()
        below.addWidget(self._top)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(self._search)
        layout.addWidget(self._list, 1)
        layout.addLayout(weights)
        layout.addLayout(below)
        layout.addWidget(self._buttons)
        self.resize(440, 560)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._on_search_changed)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._path.textChanged.connect(self._update)
        self._group.buttonToggled.connect(self._update)
        self._list.currentItemChanged.connect(self._update)
        self._list.itemActivated.connect(self.accept)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _on_search_changed(self, text: str) -> None:
        first = None
        for row in range(self._list.count()):
            item = self._list.item(row)
            hidden = text.strip().lower() not in item.text().lower()
            item.setHidden(hidden)
            if not hidden and first is None:
                first = item
        current = self._list.currentItem()
        if first is not None and (current is None or current.isHidden()):
            self._list.setCurrentItem(first)
        self._update()

    def _on_choose_clicked(self) -> None:
        filters = self.tr("Weights (*.h5 *.hdf5 *.keras);;All files (*)")
        paths = ask_open_files(self, self.tr("Choose weights"), self._path.text(), filters)
        if paths:
            self._path.setText(paths[0])
            self._file.setChecked(True)

    def _update(self) -> None:
        from_file = self._file.isChecked()
        self._path.setEnabled(from_file)
        item = self._list.currentItem()
        ready = item is not None and not item.isHidden() and (not from_file or bool(self._path.text().strip()))
        self._buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(ready)
