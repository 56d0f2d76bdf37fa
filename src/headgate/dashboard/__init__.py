"""What the dashboard asks beyond the API of the domains: lists that search, one import's story, health, sums, settings."""
