import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/errors";
import type { Api } from "../../api/types";
import { useAnnounce } from "../parts/announce";
import { Answer } from "../parts/Answer";
import forms from "../parts/Forms.module.css";
import { saveFile } from "../parts/saveFile";
import { Trouble } from "../parts/Trouble";
import { useUnsaved } from "../parts/unsaved";
import { changeRecipe, recipeQuery, RECIPES, tomlQuery } from "./queries";

type Recipe = Api<"RecipeObject">;

/** A text that is not saved yet, and the version that it was begun from. */
interface Draft {
  basedOn: number;
  text: string;
}

const CONFLICT = 412;

/** The recipe as people read and edit it. While nothing is changed it shows the newest version; what is typed stays as it is. */
export function RecipeText({ recipe }: { recipe: Recipe }) {
  const [draft, setDraft] = useState<Draft | null>(null);
  useUnsaved(draft !== null);
  const query = useQuery(tomlQuery(recipe.id, draft?.basedOn ?? recipe.version));
  return (
    <Answer query={query}>{(toml) => <Editor recipe={recipe} toml={toml} draft={draft} onDraft={setDraft} />}</Answer>
  );
}

interface Props {
  recipe: Recipe;
  toml: string;
  draft: Draft | null;
  onDraft: (change: (draft: Draft | null) => Draft | null) => void;
}

function Editor({ recipe, toml, draft, onDraft }: Props) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const save = useMutation({
    mutationFn: ({ text, basedOn }: Draft) => changeRecipe(recipe.id, text, basedOn),
    onSuccess: async (saved, sent) => {
      announce(t`Saved as a new version.`);
      queries.setQueryData(recipeQuery(recipe.id).queryKey, saved);
      // What was typed while it was being saved is not saved yet.
      onDraft((now) => (now && now.text !== sent.text ? { ...now, basedOn: saved.version } : null));
      await queries.invalidateQueries({ queryKey: RECIPES });
    },
    onError: () => queries.invalidateQueries({ queryKey: recipeQuery(recipe.id).queryKey }),
  });
  const conflict = save.error instanceof ApiError && save.error.status === CONFLICT;
  const typed = (text: string) =>
    onDraft((before) => (text === toml ? null : { basedOn: before?.basedOn ?? recipe.version, text }));
  return (
    <>
      <Textarea
        aria-label={t`What it does`}
        dir="ltr"
        autosize
        minRows={8}
        maxRows={30}
        spellCheck={false}
        classNames={{ input: forms.mono }}
        value={draft?.text ?? toml}
        onChange={(event) => typed(event.target.value)}
      />
      <Trouble error={save.error} />
      {conflict && draft && (
        <Group gap="xs">
          <Button
            variant="default"
            onClick={() => {
              onDraft(() => null);
              save.reset();
            }}
          >
            <Trans>Take theirs</Trans>
          </Button>
          <Button
            variant="default"
            loading={save.isPending}
            onClick={() => save.mutate({ ...draft, basedOn: recipe.version })}
          >
            <Trans>Save mine over theirs</Trans>
          </Button>
        </Group>
      )}
      <div className={forms.after}>
        <Button disabled={!draft || conflict} loading={save.isPending} onClick={() => draft && save.mutate(draft)}>
          <Trans>Save</Trans>
        </Button>
        <Button
          variant="default"
          onClick={() => saveFile(`recipe-${recipe.id}.toml`, draft?.text ?? toml, "application/toml")}
        >
          <Trans>Export</Trans>
        </Button>
      </div>
    </>
  );
}
