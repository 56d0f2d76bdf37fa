import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answer, api } from "../api/client";
import { useAnnounce } from "../parts/announce";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { type ImportPages, without } from "./patch";
import { type ImportDetail, IMPORTS, LISTS } from "./queries";

/** Removes an import with everything of it, after a question. */
export function DeleteImport({ detail: { id } }: { detail: ImportDetail }) {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const remove = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/v1/headless/imports/{import_id}/", { params: { path: { import_id: id } } })),
    onSuccess: async () => {
      queries.setQueriesData<ImportPages>({ queryKey: LISTS }, (list) => list && without(list, id));
      announce(t`The import was deleted.`);
      await navigate({ to: "/imports" });
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] === IMPORTS[0] && queryKey[2] === id });
    },
  });
  return (
    <>
      <Button variant="default" onClick={open}>
        <Trans>Delete</Trans>
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={<Trans>Delete this import?</Trans>}
        confirm={<Trans>Delete</Trans>}
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
        error={remove.error}
      >
        <Trans>
          Its file, result, errors and review are gone for ever. A run of it stops. What was sent to your systems stays
          there.
        </Trans>
      </ConfirmDialog>
    </>
  );
}
