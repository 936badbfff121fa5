"""The database: articles, subscribers, publications and the ledger of deliveries. Values in, values out."""
