import { useLingui } from "@lingui/react/macro";
import type { ListedImport } from "./patch";

type Named = Pick<ListedImport, "original_filename" | "kind">;

/** What people call an import: its file, if it had one. */
export function useImportName(): (one: Named) => string {
  const { t } = useLingui();
  return ({ original_filename, kind }) =>
    original_filename ?? (kind === "file" ? t`File without a name` : t`Rows as JSON`);
}

export function ImportName({ of }: { of: Named }) {
  return <bdi>{useImportName()(of)}</bdi>;
}
