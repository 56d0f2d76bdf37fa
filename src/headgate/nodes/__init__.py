"""The processes of one installation: which of them live, which work each of them has, and what runs by the clock."""

from headgate.nodes.models import Claimable, NodeRow
from headgate.nodes.service import Claim, Node

__all__ = ["Claim", "Claimable", "Node", "NodeRow"]
