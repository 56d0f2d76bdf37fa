import { Trans, useLingui } from "@lingui/react/macro";
import { Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { Api } from "../../api/types";
import { Answer } from "../parts/Answer";
import { useAnnounce } from "../parts/announce";
import { ConfirmedButton } from "../parts/ConfirmedButton";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Trouble } from "../parts/Trouble";
import { deleteRecipe, recipeQuery, RECIPES, switchRecipe } from "./queries";
import { RecipeText } from "./RecipeText";
import { Versions } from "./Versions";

const route = getRouteApi("/frame/recipes/$recipeId");

type Recipe = Api<"RecipeObject">;

/** One recipe: read it, change it, switch it off, go back to an earlier version. */
export function RecipePage() {
  const { t } = useLingui();
  const { recipeId } = route.useParams();
  const query = useQuery(recipeQuery(recipeId));
  return (
    <Page
      title={query.data?.import_identifier ?? t`Recipe`}
      back={<Link to="/recipes">{t`Recipes`}</Link>}
      actions={query.data && <DeleteRecipe recipe={query.data} />}
    >
      <Answer query={query}>
        {(recipe) => (
          <>
            <OnOff recipe={recipe} />
            <section className={forms.section}>
              <h2>
                <Trans>What it does</Trans>
              </h2>
              <RecipeText key={recipe.id} recipe={recipe} />
            </section>
            <section className={forms.section}>
              <h2>
                <Trans>Versions</Trans>
              </h2>
              <Versions recipe={recipe} />
            </section>
          </>
        )}
      </Answer>
    </Page>
  );
}

function OnOff({ recipe: { id, enabled } }: { recipe: Recipe }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (wanted: boolean) => switchRecipe(id, wanted),
    onSuccess: async (changed) => {
      queries.setQueryData(recipeQuery(id).queryKey, changed);
      await queries.invalidateQueries({ queryKey: RECIPES });
    },
  });
  return (
    <>
      <Switch
        label={t`On`}
        description={t`While it is off, files are read without it.`}
        checked={enabled}
        disabled={change.isPending}
        onChange={(event) => change.mutate(event.target.checked)}
      />
      <Trouble error={change.error} />
    </>
  );
}

function DeleteRecipe({ recipe: { id } }: { recipe: Recipe }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const navigate = useNavigate();
  return (
    <ConfirmedButton
      button={<Trans>Delete</Trans>}
      title={<Trans>Delete this recipe?</Trans>}
      confirm={<Trans>Delete</Trans>}
      action={() => deleteRecipe(id)}
      onDone={async () => {
        await navigate({ to: "/recipes", ignoreBlocker: true });
        announce(t`The recipe was deleted.`);
        await queries.invalidateQueries({ queryKey: RECIPES });
      }}
    >
      <Trans>All of its versions are deleted. To keep it for later, switch it off.</Trans>
    </ConfirmedButton>
  );
}
