import { Trans, useLingui } from "@lingui/react/macro";
import { Outlet } from "@tanstack/react-router";
import { useMay } from "../account/me";
import { Page } from "../parts/Page";

/** Pages for admins. The server refuses what is behind them to everybody else anyway. */
export function AdminOnly() {
  const { t } = useLingui();
  if (useMay("admin")) return <Outlet />;
  return (
    <Page
      title={t`This page is for admins`}
      lead={<Trans>Ask an admin of your organization, or to become one.</Trans>}
    />
  );
}
