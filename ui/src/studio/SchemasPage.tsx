import { useLingui } from "@lingui/react/macro";
import { Page } from "../dashboard/parts/Page";

export function SchemasPage() {
  const { t } = useLingui();
  return <Page title={t`Schemas`} />;
}
