"""What is served over HTTP: the webhook, health and metrics. Articles and readers are not known here."""
