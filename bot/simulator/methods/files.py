"""The method by which a bot downloads a file."""

from bot.simulator.errors import BadRequest
from bot.simulator.files import MAX_DOWNLOAD
from bot.simulator.methods.query import Query


def get_file(query: Query) -> object:
    """GetFile: where a file can be downloaded; one sent by its address has nothing to download."""
    file_id = query.arguments.text("file_id")
    if not file_id:
        raise BadRequest("file_id not specified")
    files = query.simulator.files
    if not files.known(file_id):
        raise BadRequest("invalid file_id")
    file = files.find(file_id)
    if file.size > MAX_DOWNLOAD:
        raise BadRequest("file is too big")
    if file.content is None:
        raise BadRequest("wrong file_id or the file is temporarily unavailable")
    return file.as_json() | {"file_path": file.path}
