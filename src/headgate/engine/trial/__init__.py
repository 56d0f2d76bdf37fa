"""Trying a schema or a hook out: an import whose rows are looked at as they would come out, and what differs between two."""

from headgate.engine.trial.comparison import Comparison, compare
from headgate.engine.trial.run import Trial, run_trial
from headgate.engine.trial.witness import Witness

__all__ = ["Comparison", "Trial", "Witness", "compare", "run_trial"]
