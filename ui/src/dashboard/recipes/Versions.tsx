import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Moment } from "../../Moment";
import type { Api } from "../../api/types";
import { Answer } from "../parts/Answer";
import { useAnnounce } from "../parts/announce";
import { DataTable } from "../parts/DataTable";
import { Trouble } from "../parts/Trouble";
import { recipeQuery, RECIPES, restoreRecipe, versionsQuery } from "./queries";

type Version = Api<"RecipeVersionHead">;

/** All versions of a recipe, newest first. */
export function Versions({ recipe }: { recipe: Api<"RecipeObject"> }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const restore = useMutation({
    mutationFn: (version: number) => restoreRecipe(recipe.id, version),
    onSuccess: async (saved) => {
      announce(t`Saved as a new version.`);
      queries.setQueryData(recipeQuery(recipe.id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: RECIPES });
    },
  });
  const label = ({ version }: Version) => t`Restore version ${version}`;
  return (
    <>
      <Trouble error={restore.error} />
      <Answer query={useQuery(versionsQuery(recipe.id))}>
        {(versions) => (
          <DataTable
            name={t`Versions`}
            rows={versions}
            keyOf={({ version }) => String(version)}
            columns={[
              { name: t`Version`, cell: ({ version }) => version },
              { name: t`Saved`, cell: ({ created_at }) => <Moment at={created_at} /> },
              { name: t`By`, cell: ({ author }) => <Author kind={author.kind} /> },
              {
                name: t`Action`,
                quiet: true,
                align: "end",
                cell: (version) =>
                  version.version !== recipe.version && (
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={label(version)}
                      disabled={restore.isPending}
                      onClick={() => restore.mutate(version.version)}
                    >
                      <Trans>Restore</Trans>
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Answer>
    </>
  );
}

function Author({ kind }: { kind: Version["author"]["kind"] }) {
  if (kind === "reviewer") return <Trans>A review</Trans>;
  return kind === "key" ? <Trans>A key</Trans> : <Trans>A member</Trans>;
}
