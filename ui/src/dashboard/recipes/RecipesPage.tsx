import { Trans, useLingui } from "@lingui/react/macro";
import { Button, FileButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Moment } from "../../Moment";
import type { Api } from "../../api/types";
import { Answer } from "../parts/Answer";
import { DataTable } from "../parts/DataTable";
import { Empty } from "../parts/Empty";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Status } from "../parts/Status";
import { ImportRecipe } from "./ImportRecipe";
import { recipesQuery } from "./queries";

type Recipe = Api<"RecipeSummary">;

/** Corrections that are made again with the next file, by import identifier. */
export function RecipesPage() {
  const { t } = useLingui();
  const query = useQuery(recipesQuery);
  const [file, setFile] = useState<File | null>(null);
  return (
    <Page
      title={t`Recipes`}
      lead={
        <Trans>
          What was corrected in a review once is corrected in the next file with the same import identifier, if the
          recipe fits it.
        </Trans>
      }
      actions={
        <FileButton accept=".toml,application/toml" onChange={setFile}>
          {(props) => (
            <Button {...props} variant="default">
              <Trans>Import a file</Trans>
            </Button>
          )}
        </FileButton>
      }
    >
      <Answer query={query}>
        {(recipes) =>
          recipes.length ? (
            <List recipes={recipes} />
          ) : (
            <Empty title={<Trans>There is no recipe yet</Trans>}>
              <Trans>
                Finish a review and choose to remember its corrections. The schema allows it with “rememberCorrections”.
              </Trans>
            </Empty>
          )
        }
      </Answer>
      {file && <ImportRecipe file={file} onClose={() => setFile(null)} />}
    </Page>
  );
}

function List({ recipes }: { recipes: readonly Recipe[] }) {
  const { t } = useLingui();
  return (
    <DataTable
      name={t`Recipes`}
      rows={recipes}
      keyOf={({ id }) => id}
      columns={[
        {
          name: t`Import identifier`,
          cell: ({ id, import_identifier }) => (
            <Link to="/recipes/$recipeId" params={{ recipeId: id }} className={forms.strong}>
              {import_identifier}
            </Link>
          ),
        },
        { name: t`Columns`, align: "end", cell: ({ parts }) => parts.columns },
        { name: t`Options`, align: "end", cell: ({ parts }) => parts.values },
        { name: t`Replacements`, align: "end", cell: ({ parts }) => parts.replacements },
        { name: t`State`, cell: ({ enabled }) => <State enabled={enabled} /> },
        { name: t`Changed`, cell: ({ modified_at }) => <Moment at={modified_at} /> },
      ]}
    />
  );
}

function State({ enabled }: { enabled: boolean }) {
  return enabled ? (
    <Status tone="good">
      <Trans>On</Trans>
    </Status>
  ) : (
    <Status tone="quiet">
      <Trans>Off</Trans>
    </Status>
  );
}
