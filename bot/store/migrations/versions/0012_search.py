"""Searching on PostgreSQL: the time beside the words, speakers as words of their own, and fitting plans."""

from alembic import op

revision = "0012"
down_revision = "0011"

_COLUMNS = (
    "DROP INDEX article_search_words",
    "ALTER TABLE article_search ADD COLUMN published_at timestamp with time zone",
    """
    UPDATE article_search SET
        published_at = articles.published_at,
        words = words || array_to_tsvector(ARRAY(
            SELECT '@' || lexeme FROM unnest(words) WHERE 'B' = ANY(weights) AND lexeme NOT LIKE '@%'
        ))
    FROM articles WHERE articles.id = article_search.article_id
    """,
    "ALTER TABLE article_search ALTER COLUMN published_at SET NOT NULL",
    "CREATE INDEX article_search_words ON article_search USING gin (words)",
    "CREATE INDEX article_search_newest ON article_search (published_at, article_id)",
)

# To look into a text costs some hundred times what the planner supposes, for long texts lie outside of their
# table's pages: it would rather open twenty thousand of them than ask the index. With the true cost it asks
# the index for rare words and walks back from the newest article for frequent ones; which it is to be must be
# weighed anew for each word.
_HONESTLY = "SET cpu_operator_cost = 0.3 SET plan_cache_mode = force_custom_plan"

_WITHIN = "words @@ asked AND published_at >= since AND published_at < until"

_FUNCTIONS = (
    f"""
    CREATE OR REPLACE FUNCTION article_search_count(
        asked tsquery, since timestamp with time zone, until timestamp with time zone, most integer
    ) RETURNS bigint LANGUAGE sql STABLE {_HONESTLY} AS $$
        SELECT count(*) FROM (SELECT 1 FROM article_search WHERE {_WITHIN} LIMIT most) AS found
    $$
    """,  # noqa: S608 (of our own texts)
    f"""
    CREATE OR REPLACE FUNCTION article_search_page(
        asked tsquery, since timestamp with time zone, until timestamp with time zone, ranked boolean,
        size integer, skipped integer
    ) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 10 {_HONESTLY} AS $$
        SELECT article_id FROM article_search WHERE {_WITHIN}
        ORDER BY
            CASE WHEN ranked THEN ts_rank(words, asked, 1) END DESC, published_at DESC, article_id DESC
        LIMIT size OFFSET skipped
    $$
    """,  # noqa: S608
)


def upgrade() -> None:
    """Fills the new column from the articles, and marks the speakers among the words with an "@"."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for statement in (*_COLUMNS, *_FUNCTIONS):
        op.execute(statement)
