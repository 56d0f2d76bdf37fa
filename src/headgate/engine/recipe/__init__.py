"""Correction recipes: what people decided for one file, replayed on the next one that fits, and told in its decisions."""

from headgate.engine.recipe.document import FORMAT, Recipe, parse_recipe
from headgate.engine.recipe.fitting import Fit, fit_recipe

__all__ = ["FORMAT", "Fit", "Recipe", "fit_recipe", "parse_recipe"]
