"""headgate: self-hosted headless data import."""
