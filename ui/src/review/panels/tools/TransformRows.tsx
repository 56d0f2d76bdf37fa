import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Code } from "@mantine/core";
import { lazy, Suspense, useId, useState } from "react";
import type { Api } from "../../../api/types";
import { useGridView } from "../../../state/grid-view";
import { useReview } from "../../../state/hooks";
import { useStore } from "../../../state/store";
import { usePanels } from "../panels-state";
import { useChange } from "../useChange";
import { usePreview } from "../usePreview";
import { exampleOf } from "./completion";
import { InWords } from "./InWords";
import { PreviewResult } from "./PreviewResult";
import { type Rows, RowsChoice, useChosenView } from "./RowsChoice";
import classes from "./tools.module.css";

const ExpressionEditor = lazy(() =>
  import("./ExpressionEditor").then(({ ExpressionEditor }) => ({ default: ExpressionEditor })),
);

/** Change many rows by an expression, with what it would do said before. */
export function TransformRows() {
  const { t } = useLingui();
  const grid = useGridView();
  const panels = usePanels();
  const { fields, settings } = useReview();
  const { busy, make } = useChange();
  const expression = useStore(panels.expression);
  const [rows, setRows] = useState<Rows>("all");
  const view = useChosenView(rows);
  const help = useId();
  const problem = useId();

  const change: Api<"Transform"> = { kind: "transform", expression, view };
  const state = usePreview(expression.trim() === "" ? null : change);
  const cells = state.preview?.cells ?? 0;
  const wrong = state.latest?.problem ?? null;
  const example = exampleOf(fields);

  const submit = async (event: React.SubmitEvent) => {
    event.preventDefault();
    if (busy || cells === 0 || state.preview?.problem || !(await make(change))) return;
    grid.refresh();
    panels.expression.set("");
    panels.tool.set(null);
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      {settings.transformations_in_words ? (
        <InWords prompts={settings.transform_prompts} onWritten={(written) => panels.expression.set(written)} />
      ) : (
        <Ideas prompts={settings.transform_prompts} />
      )}
      <div>
        <p className={classes.label}>
          <Trans>Expression</Trans>
        </p>
        <Suspense fallback={<p>{t`Loading…`}</p>}>
          <ExpressionEditor
            value={expression}
            label={t`Expression`}
            fields={fields}
            describedBy={`${help} ${problem}`}
            invalid={wrong !== null}
            onChange={(value) => panels.expression.set(value)}
          />
        </Suspense>
        <p className={classes.problem} id={problem} role="alert">
          {wrong}
        </p>
        <p className={classes.soft} id={help}>
          <Trans>
            It is JavaScript and runs once for each row. It gives back the fields that change, for example{" "}
            <Code>{example}</Code>. “row” holds the values, “text” the texts as they are shown.
          </Trans>
        </p>
      </div>
      <RowsChoice rows={rows} onChoose={setRows} />
      <PreviewResult state={state} />
      <Button type="submit" aria-disabled={busy} disabled={cells === 0}>
        {cells === 0 ? <Trans>Change</Trans> : <Plural value={cells} one="Change # cell" other="Change # cells" />}
      </Button>
    </form>
  );
}

/** What whoever set the import up thought of. */
function Ideas({ prompts }: { prompts: readonly string[] }) {
  if (prompts.length === 0) return null;
  return (
    <div>
      <p className={classes.label}>
        <Trans>What you may want to do</Trans>
      </p>
      <ul className={classes.facts}>
        {prompts.map((prompt) => (
          <li key={prompt}>{prompt}</li>
        ))}
      </ul>
    </div>
  );
}
