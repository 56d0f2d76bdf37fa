import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "../api/client";
import { Trouble } from "../parts/Trouble";
import { useUnsaved } from "../parts/unsaved";
import { RECIPES } from "./queries";

/** Saves a recipe that was exported, here or elsewhere. Where there is one, it becomes its next version. */
export function ImportRecipe({ file, onClose }: { file: File; onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [identifier, setIdentifier] = useState("");
  const save = useMutation({
    mutationFn: async () => {
      const body = { import_identifier: identifier.trim(), toml: await file.text() };
      return answer(api.POST("/api/v1/recipes/", { body }));
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: RECIPES });
      await navigate({ to: "/recipes/$recipeId", params: { recipeId: id }, ignoreBlocker: true });
    },
  });
  useUnsaved(true);
  return (
    <Modal opened onClose={onClose} title={<Trans>Import a recipe</Trans>} centered>
      <TextInput
        label={t`Import identifier`}
        description={t`A recipe that it has already gets a new version; the old one stays.`}
        data-autofocus
        value={identifier}
        onChange={(event) => setIdentifier(event.target.value)}
      />
      <Trouble error={save.error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button disabled={!identifier.trim()} onClick={() => save.mutate()} loading={save.isPending}>
          <Trans>Import</Trans>
        </Button>
      </Group>
    </Modal>
  );
}
