"""The schema's JavaScript hooks, run in an engine process of their own that holds whatever they try."""
