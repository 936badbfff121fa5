"""The store's classes over a fresh database of each kind."""

import pytest

from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.publications import Publications
from bot.store.sources import Sources
from bot.store.subscribers import Subscribers
from tests.store.ledger import Ledger


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


@pytest.fixture
def subscribers(database: Database) -> Subscribers:
    return Subscribers(database)


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


@pytest.fixture
def publications(database: Database) -> Publications:
    return Publications(database)


@pytest.fixture
def sources(database: Database) -> Sources:
    return Sources(database)
