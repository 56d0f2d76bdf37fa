import { Plural, Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import type { ColumnsView } from "../../api/types";
import { useDecision } from "../../state/decisions";
import { useColumns, useReview, useSession } from "../../state/hooks";
import { StepPage } from "../StepPage";
import { StepTrouble } from "../StepTrouble";
import { useGoOn } from "../useGoOn";
import { ByColumn } from "./ByColumn";
import { ByField } from "./ByField";
import { type Choice, decisions } from "./choices";
import { MissingFields } from "./MissingFields";
import { useModelSuggestions } from "./modelSuggestions";
import classes from "./Columns.module.css";

/** Which field each column of the file maps to. */
export function ColumnsStep() {
  const { client } = useSession();
  const { fields, settings } = useReview();
  const { data, error } = useColumns();
  const { decide, advance, problem, saving } = useDecision();
  const goOn = useGoOn("columns", advance);
  const model = useModelSuggestions(data, fields, settings.column_suggestions);

  if (!data) return <StepTrouble error={error} />;

  const choose = (column: number, choice: Choice) =>
    void decide(() => client.putColumns({ columns: decisions(data, fields, column, choice), accept_suggested: false }));
  const waiting = data.uncertain.length;
  const acceptAndGoOn = async () => {
    const accepted = waiting === 0 || (await decide(() => client.putColumns({ columns: {}, accept_suggested: true })));
    if (accepted) await goOn();
  };

  return (
    <StepPage
      name="columns"
      title={<Trans>Which column is which field?</Trans>}
      lead={<Lead waiting={waiting} missing={data.unmatched_required.length} />}
      problem={problem}
      summary={<Summary view={data} />}
      actions={
        <Button loading={saving} onClick={() => void acceptAndGoOn()}>
          {waiting > 0 ? (
            <Plural value={waiting} one="Accept the suggestion and go on" other="Accept the # suggestions and go on" />
          ) : (
            <Trans>Go on</Trans>
          )}
        </Button>
      }
    >
      {model.problem && (
        <p className={classes.why} role="status">
          {model.problem}
        </p>
      )}
      <MissingFields view={data} fields={fields} onChoose={choose} />
      {settings.match_to_schema ? (
        <ByField view={data} fields={fields} settings={settings} model={model.fields} onChoose={choose} />
      ) : (
        <ByColumn view={data} fields={fields} settings={settings} model={model.fields} onChoose={choose} />
      )}
    </StepPage>
  );
}

function Lead({ waiting, missing }: { waiting: number; missing: number }) {
  if (waiting === 0 && missing > 0) return <Trans>A field that is needed has no column yet. Choose it below.</Trans>;
  if (waiting === 0) return <Trans>Nothing here waits for you. Change what is not right.</Trans>;
  return (
    <Plural
      value={waiting}
      one="# column is not clear. Everything else is matched; change what is not right."
      other="# columns are not clear. Everything else is matched; change what is not right."
    />
  );
}

function Summary({ view }: { view: ColumnsView }) {
  const used = view.columns.filter(({ field, status }) => field !== null && status !== "ignored").length;
  const rest = view.columns.length - used;
  return (
    <>
      <Plural value={used} one="# column is used" other="# columns are used" />
      {rest > 0 && (
        <>
          , <Plural value={rest} one="# is not" other="# are not" />
        </>
      )}
    </>
  );
}
