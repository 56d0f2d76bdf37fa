import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answer, api } from "../api/client";
import { useAnnounce } from "../parts/announce";
import { ConfirmedButton } from "../parts/ConfirmedButton";
import { type ImportPages, without } from "./patch";
import { type ImportDetail, IMPORTS, LISTS } from "./queries";

/** Removes an import with everything of it, after a question. */
export function DeleteImport({ detail: { id } }: { detail: ImportDetail }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return (
    <ConfirmedButton
      button={<Trans>Delete</Trans>}
      title={<Trans>Delete this import?</Trans>}
      confirm={<Trans>Delete</Trans>}
      action={() =>
        answer(api.DELETE("/api/v1/headless/imports/{import_id}/", { params: { path: { import_id: id } } }))
      }
      onDone={async () => {
        queries.setQueriesData<ImportPages>({ queryKey: LISTS }, (list) => list && without(list, id));
        announce(t`The import was deleted.`);
        await navigate({ to: "/imports" });
        queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] === IMPORTS[0] && queryKey[2] === id });
      }}
    >
      <Trans>
        Its file, result, errors and review are gone for ever. A run of it stops. What was sent to your systems stays
        there.
      </Trans>
    </ConfirmedButton>
  );
}
