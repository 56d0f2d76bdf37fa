"""How long imports, their parts and logs are kept."""

from headgate.retention.models import OrganizationSettings, SchemaRetention
from headgate.retention.service import RetentionRules
from headgate.retention.sweeps import RetentionSweep

__all__ = ["OrganizationSettings", "RetentionRules", "RetentionSweep", "SchemaRetention"]
