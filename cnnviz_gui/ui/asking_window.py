"""The window's questions: files, folders, networks, and whether to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QMessageBox

from cnnviz_gui.ui import dialogs
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.parts_dialog import PartsDialog

if TYPE_CHECKING:
    from cnnviz_gui.core.network import NetworkSource


_SIGN = 32


class AskingWindow(QMainWindow):
    """Each question is a dialog over the window; a dialog that is cancelled gives nothing."""

    def ask_pictures(self, folder: str) -> list[str]:
        """Asks for picture files."""
        filters = self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.avif *.tif *.tiff *.bmp *.gif *.jp2);;All files (*)")
        return dialogs.ask_open_files(self, self.tr("Open picture"), folder, filters)

    def ask_network(self, folder: str) -> str:
        """Asks for a network's file; empty when cancelled."""
        filters = self.tr("Networks (*.keras *.h5 *.hdf5 *.json);;All files (*)")
        return next(iter(dialogs.ask_open_files(self, self.tr("Open network"), folder, filters)), "")

    def ask_weights(self, folder: str) -> str:
        """Asks for a file of weights; empty when cancelled."""
        filters = self.tr("Weights (*.h5 *.hdf5 *.keras);;All files (*)")
        return next(iter(dialogs.ask_open_files(self, self.tr("Choose weights"), folder, filters)), "")

    def ask_classes(self, folder: str) -> str:
        """Asks for a Python file with a network's own classes, saying that it will be run; empty when cancelled."""
        title = self.tr("Choose the Python file with the network's classes (it will be run)")
        filters = self.tr("Python files (*.py);;All files (*)")
        return next(iter(dialogs.ask_open_files(self, title, folder, filters)), "")

    def ask_folder(self, folder: str) -> str:
        """Asks for a folder; empty when cancelled."""
        return dialogs.ask_folder(self, self.tr("Choose a folder"), folder)

    def ask_save(self, path: str, *, arrays: bool = False) -> str:
        """Asks where to save a PNG, or arrays where that makes sense; empty when cancelled."""
        filters = (
            self.tr("PNG picture (*.png);;Raw activations (*.npz)") if arrays else self.tr("PNG picture (*.png)")
        )
        return dialogs.ask_save(self, self.tr("Export"), path, filters)

    def ask_application(self) -> NetworkSource | None:
        """Asks for one of keras.applications; None when cancelled."""
        dialog = dialogs.ApplicationDialog(self)
        source = dialog.source() if dialog.exec() else None
        dialog.deleteLater()
        return source

    def ask_parts(self, source: NetworkSource, folder: str) -> NetworkSource | None:
        """Asks for a network, its weights and its classes, beginning with what is known; None when cancelled."""
        dialog = PartsDialog(source, folder, self)
        chosen = dialog.source() if dialog.exec() else None
        dialog.deleteLater()
        return chosen

    def confirm(self, question: str, explanation: str, yes: str) -> bool:
        """Asks whether to do something that must be meant; Enter and Escape mean no.

        Args:
            question: What is asked.
            explanation: What it means.
            yes: Text of the button that does it.
        """
        box = QMessageBox(QMessageBox.Icon.NoIcon, "cnnviz-gui", question, parent=self)
        box.setIconPixmap(icon("warning", "warning").pixmap(_SIGN))
        box.setObjectName("confirmDialog")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(explanation)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        agree.setObjectName("confirmYes")
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        box.exec()
        agreed = box.clickedButton() is agree
        box.deleteLater()
        return agreed
