"""Correction recipes: what people decided in a review, kept for the next file of the same importIdentifier."""

from headgate.recipes.service import RecipeService

__all__ = ["RecipeService"]
