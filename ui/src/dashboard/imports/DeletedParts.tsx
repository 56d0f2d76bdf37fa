import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import forms from "../parts/Forms.module.css";
import type { ImportDetail } from "./queries";

/** What of an import is not there any more, because it is not kept as long as the import. */
export function DeletedParts({ detail: { id, deleted } }: { detail: ImportDetail }) {
  const { t, i18n } = useLingui();
  const names = [
    deleted.source && t`Original file`,
    deleted.result && t`Result`,
    deleted.review && t`Edits of the review`,
    deleted.console && t`Hook log`,
  ].filter((name) => name !== null);
  if (!names.length) return null;
  const list = new Intl.ListFormat(i18n.locale, { type: "unit" }).format(names);
  return (
    <p className={forms.soft}>
      <Trans>Deleted, because your organization does not keep it any longer: {list}.</Trans>{" "}
      <Link to="/deletions" search={{ object: id }}>
        <Trans>Receipts</Trans>
      </Link>
    </p>
  );
}
