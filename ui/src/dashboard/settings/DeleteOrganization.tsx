import { Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMe } from "../account/me";
import { answer, api } from "../api/client";
import { ConfirmDialog } from "../parts/ConfirmDialog";

/** Deletes the organization with all that is in it. Its name must be typed. */
export function DeleteOrganization() {
  const { t } = useLingui();
  const { organization } = useMe();
  const { name } = organization;
  const [opened, { open, close }] = useDisclosure();
  const [typed, setTyped] = useState("");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/account/organization/delete/", { body: { name: typed } })),
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: "/" });
    },
  });
  return (
    <>
      <Button variant="default" onClick={open}>
        <Trans>Delete this organization</Trans>
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={<Trans>Delete {name}?</Trans>}
        confirm={<Trans>Delete everything</Trans>}
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
        error={remove.error}
      >
        <p>
          <Trans>All imports, files, schemas, keys and memberships are deleted. It cannot be taken back.</Trans>
        </p>
        <TextInput
          label={t`Type the name of the organization to confirm`}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </ConfirmDialog>
    </>
  );
}
