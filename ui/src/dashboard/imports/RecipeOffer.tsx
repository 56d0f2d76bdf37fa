import { Trans } from "@lingui/react/macro";
import { Button, Group, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answer, api } from "../api/client";
import { useMay } from "../account/me";
import { Answer } from "../parts/Answer";
import { Trouble } from "../parts/Trouble";
import { RECIPES } from "../recipes/queries";
import type { ImportDetail } from "./queries";

/** What was corrected in the review of an import, kept for the next file: for who may write recipes. */
export function RecipeOffer({ detail: { id, recipe_offered } }: { detail: ImportDetail }) {
  const [opened, { open, close }] = useDisclosure();
  const may = useMay("memory:write");
  if (!recipe_offered || !may) return null;
  return (
    <>
      <Button variant="default" onClick={open}>
        <Trans>Remember corrections</Trans>
      </Button>
      <Modal opened={opened} onClose={close} title={<Trans>Remember corrections</Trans>} centered>
        <Proposal importId={id} onClose={close} />
      </Modal>
    </>
  );
}

function Proposal({ importId: import_id, onClose }: { importId: string; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = { path: { import_id } };
  const query = useQuery({
    queryKey: [...RECIPES, "of", import_id],
    queryFn: ({ signal }) => answer(api.POST("/api/v1/dashboard/imports/{import_id}/recipe/", { params, signal })),
  });
  const save = useMutation({
    mutationFn: () => answer(api.PUT("/api/v1/dashboard/imports/{import_id}/recipe/", { params })),
    onSuccess: async ({ id: recipeId }) => {
      await queries.invalidateQueries({ queryKey: RECIPES });
      await navigate({ to: "/recipes/$recipeId", params: { recipeId } });
    },
  });
  return (
    <Answer query={query}>
      {({ recipe, parts, left_out }) => {
        if (!recipe)
          return (
            <p>
              <Trans>Nothing was done in this review that could be remembered.</Trans>
            </p>
          );
        const { columns, orders } = parts;
        const texts = parts.values + parts.replacements;
        return (
          <>
            <p>
              <Trans>The next file with the same columns can be corrected in the same way by itself.</Trans>
            </p>
            <p>
              <Trans>
                Columns: {columns}. Texts: {texts}. Date orders: {orders}.
              </Trans>{" "}
              {left_out.other_edits && <Trans>Single edits are not remembered.</Trans>}
            </p>
            <Trouble error={save.error} />
            <Group justify="flex-end" mt="md">
              <Button variant="default" onClick={onClose}>
                <Trans>Cancel</Trans>
              </Button>
              <Button data-autofocus loading={save.isPending} onClick={() => save.mutate()}>
                <Trans>Remember</Trans>
              </Button>
            </Group>
          </>
        );
      }}
    </Answer>
  );
}
