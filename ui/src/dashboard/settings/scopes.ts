import { useLingui } from "@lingui/react/macro";
import type { Scope } from "../account/me";

/** All scopes of keys, from the most common to the one that should be rare. */
export const SCOPES: readonly Scope[] = [
  "imports:read",
  "imports:write",
  "schemas:read",
  "schemas:write",
  "memory:read",
  "memory:write",
  "webhooks:read",
  "webhooks:write",
  "sftp:read",
  "sftp:write",
  "admin",
];

/** What a key has for which nothing else is chosen. */
export const USUAL: readonly Scope[] = [
  "imports:write",
  "schemas:write",
  "memory:write",
  "webhooks:write",
  "sftp:write",
];

/** What a scope allows, in words. */
export function useScopeName(): (scope: Scope) => string {
  const { t } = useLingui();
  const names: Readonly<Record<Scope, string>> = {
    "imports:read": t`See imports and their results`,
    "imports:write": t`Create, change and delete imports`,
    "schemas:read": t`See schemas`,
    "schemas:write": t`Create, change and delete schemas`,
    "memory:read": t`See what imports have taught`,
    "memory:write": t`Change what imports have taught`,
    "webhooks:read": t`See webhooks and deliveries`,
    "webhooks:write": t`Create, change and delete webhooks`,
    "sftp:read": t`See SFTP servers and connectors`,
    "sftp:write": t`Create, change and delete SFTP servers and connectors`,
    admin: t`Administer members, keys and settings`,
  };
  return (scope) => names[scope];
}

/** Scopes without those that another one contains: to write contains to read. */
export const withoutContained = (scopes: readonly Scope[]): Scope[] => {
  const written = new Set(scopes.filter((scope) => scope.endsWith(":write")).map((scope) => scope.split(":")[0]));
  return SCOPES.filter(
    (scope) => scopes.includes(scope) && !(scope.endsWith(":read") && written.has(scope.split(":")[0])),
  );
};
