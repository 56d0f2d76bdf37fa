import { useLingui } from "@lingui/react/macro";
import type { Api } from "../../api/types";

export type Role = Api<"Member">["role"];

export function useRoleChoices(): { value: Role; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "member", label: t`Member` },
    { value: "admin", label: t`Admin` },
  ];
}

export function useRoleName(): (role: Role) => string {
  const choices = useRoleChoices();
  return (role) => choices.find(({ value }) => value === role)?.label ?? role;
}
