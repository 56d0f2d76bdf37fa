"""The review of an import that waits for a person: what people decide and edit, on top of the pipeline's outcome."""
