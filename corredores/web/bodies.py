"""Files in the body of a request: taken where a page asks for them, nowhere else."""

from typing import Any

from django.core.files.uploadhandler import (
    FileUploadHandler,
    StopUpload,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest


class NoFiles(FileUploadHandler):
    """The rule (FILE_UPLOAD_HANDLERS): a form with a file is read up to the file, no further."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: no file is begun."""

    def file_complete(self, file_size: int) -> None:
        """Never called: no file is begun."""


class Bounded(TemporaryFileUploadHandler):
    """Files into temporary files, up to `most` bytes in all. The rest is read and thrown away,
    so that the person sees a page that says so instead of a broken connection."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self._left = most

    @property
    def overrun(self) -> bool:
        return self._left < 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._left -= len(raw_data)
        if self.overrun:
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
