"""Who may call: organizations and their API keys."""

from headgate.accounts.auth import Caller, current_caller
from headgate.accounts.service import AccountService, NewKey

__all__ = ["AccountService", "Caller", "NewKey", "current_caller"]
