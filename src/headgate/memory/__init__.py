"""What completed imports have taught: which header is which field, which text is which option."""

from headgate.memory.service import MemoryService

__all__ = ["MemoryService"]
