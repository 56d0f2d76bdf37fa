import { useLingui } from "@lingui/react/macro";

/** What an entry of the audit log tells, in words (docs/accounts.md); its own name for one that is not known here. */
export function useActionName(): (action: string) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    "setup.completed": t`Set headgate up`,
    "session.started": t`Signed in`,
    "session.ended": t`Signed out`,
    "session.refused": t`Wrong password`,
    "session.blocked": t`Too many wrong passwords`,
    "password.changed": t`Changed the password`,
    "password.reset_link_created": t`Made a link to set a new password`,
    "password.reset": t`Set a new password by a link`,
    "organization.created": t`Created the organization`,
    "organization.renamed": t`Renamed the organization`,
    "organization.deleted": t`Deleted an organization`,
    "member.joined": t`Joined`,
    "member.role_changed": t`Changed a role`,
    "member.removed": t`Removed a member`,
    "invitation.created": t`Invited somebody`,
    "invitation.revoked": t`Revoked an invitation`,
    "key.created": t`Made a key`,
    "key.revoked": t`Revoked a key`,
    "schema.created": t`Created a schema`,
    "schema.changed": t`Changed a schema`,
    "schema.deleted": t`Deleted a schema`,
    "webhook.created": t`Created a webhook`,
    "webhook.changed": t`Changed a webhook`,
    "webhook.secret_rotated": t`Made a new secret for a webhook`,
    "webhook.deleted": t`Deleted a webhook`,
    "sftp.credentials_created": t`Created an SFTP server`,
    "sftp.credentials_changed": t`Changed an SFTP server`,
    "sftp.credentials_deleted": t`Deleted an SFTP server`,
    "sftp.host_key_accepted": t`Accepted a new host key of an SFTP server`,
    "sftp.connector_created": t`Created an SFTP connector`,
    "sftp.connector_changed": t`Changed an SFTP connector`,
    "sftp.connector_deleted": t`Deleted an SFTP connector`,
    "import.deleted": t`Deleted an import`,
    "import.review_link_renewed": t`Made a new review link`,
    "settings.changed": t`Changed settings`,
    "retention.changed": t`Changed how long imports of a schema are kept`,
    "memory.replaced": t`Changed what imports have taught`,
    "memory.deleted": t`Deleted what imports have taught`,
    "recipe.saved": t`Changed a recipe`,
    "recipe.switched": t`Switched a recipe on or off`,
    "recipe.deleted": t`Deleted a recipe`,
    "audit.exported": t`Exported the audit log`,
  };
  return (action) => names[action] ?? action;
}

/** Kinds of objects, to show the entries of one of them only. */
export function useKindChoices(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "session", label: t`Signing in and out` },
    { value: "password", label: t`Passwords` },
    { value: "member", label: t`Members` },
    { value: "invitation", label: t`Invitations` },
    { value: "key", label: t`API keys` },
    { value: "import", label: t`Imports` },
    { value: "schema", label: t`Schemas` },
    { value: "webhook", label: t`Webhooks` },
    { value: "sftp", label: t`SFTP` },
    { value: "memory", label: t`Learned matches` },
    { value: "organization", label: t`Organization` },
  ];
}
