"""Who may call: organizations and their API keys."""
