"""A workbook that people send in: read and checked in the form, outside any transaction."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from sajja.lib.refusals import Refused
from sajja.web.fields import SajjaForm, SheetField


class SheetForm(SajjaForm):
    """A sheet; a form of its own says how it is read (`read`) and may name the field as its people do."""

    sheet = SheetField()

    def read(self, upload: UploadedFile[Any]) -> Any:
        """What the sheet holds; Refused where it cannot be read."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Adds `reading`, the rows read, and `sha256` of the file."""
        cleaned = dict(super().clean() or self.cleaned_data)
        if upload := cleaned.get("sheet"):
            digest = hashlib.sha256()
            for chunk in upload.chunks():
                digest.update(chunk)
            cleaned["sha256"] = digest.hexdigest()
            try:
                cleaned["reading"] = self.read(upload)
            except Refused as refusal:
                self.add_error("sheet", str(refusal))
        return cleaned
