"""From a file to the fields that it could have: a proposal for a person, with its evidence."""

from headgate.engine.infer.inference import Inference, infer

__all__ = ["Inference", "infer"]
