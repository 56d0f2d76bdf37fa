"""Reviews: the page of an import that waits for a person, its log of changes, and the process that holds its state."""
