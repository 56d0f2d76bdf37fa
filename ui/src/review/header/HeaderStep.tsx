import { Plural, Trans } from "@lingui/react/macro";
import { Button, Checkbox } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Api, HeaderView } from "../../api/types";
import { useDecision } from "../../state/decisions";
import { useSession } from "../../state/hooks";
import { KEYS } from "../../state/session";
import { StepPage } from "../StepPage";
import { StepTrouble } from "../StepTrouble";
import { useGoOn } from "../useGoOn";
import classes from "./HeaderStep.module.css";
import { HeaderTable } from "./HeaderTable";
import { ReadingControls } from "./ReadingControls";
import { type HeaderSelection, NO_HEADER, only } from "./selection";

type Reading = Api<"ReadingChoice">;

const PAGE = 100;
const AS_IT_IS: Reading = {};

/** Which row holds the column names, and whether the file was read as it was meant. */
export function HeaderStep() {
  const [limit, setLimit] = useState(PAGE);
  const [reading, setReading] = useState<Reading>(AS_IT_IS);
  const [selection, setSelection] = useState<HeaderSelection | null>(null);
  const [several, setSeveral] = useState(false);
  const { client } = useSession();
  const { data, error } = useQuery({
    queryKey: [...KEYS.header, limit, reading],
    queryFn: ({ signal }) => client.header({ limit, ...reading }, signal),
    placeholderData: keepPreviousData,
  });
  const { decide, advance, problem, saving } = useDecision();
  const goOn = useGoOn("header", advance);
  const preview = Object.keys(reading).length > 0;

  if (!data) return <StepTrouble error={error} />;

  const shown = selection ?? { rows: data.selected, anchor: data.selected[0] ?? null };
  const read = (change: Reading) => {
    // Another sheet or delimiter has other rows: what was chosen in the former says nothing about them.
    setSelection(null);
    setReading({ ...reading, ...change });
  };
  const save = async (): Promise<boolean> => {
    // A row that is only suggested becomes a decision by going on with it.
    const rows = selection || (!preview && data.status === "uncertain") ? [...shown.rows] : null;
    if (!preview && rows === null) return true;
    const body = { rows, ...(preview ? { reading } : {}) };
    const saved = await decide(() => client.putHeader(body));
    if (saved) {
      setReading(AS_IT_IS);
      setSelection(null);
    }
    return saved;
  };

  const saveAndGoOn = async () => {
    if (await save()) await goOn();
  };
  const reset = () => {
    setSelection(null);
    setReading(AS_IT_IS);
  };

  return (
    <StepPage
      name="header"
      title={<Trans>Which row holds the column names?</Trans>}
      lead={<Lead view={data} />}
      problem={problem}
      summary={<Chosen rows={shown.rows} namedByFormat={data.named_by_format} />}
      actions={
        <Button loading={saving} onClick={() => void saveAndGoOn()}>
          <Trans>Use this and go on</Trans>
        </Button>
      }
    >
      <ReadingControls reading={data.reading} preview={preview} onChange={read} onReset={reset} />
      {!data.named_by_format && (
        <div className={classes.switches}>
          <Checkbox
            label={<Trans>The file has no column names</Trans>}
            checked={shown.rows.length === 0}
            onChange={(event) =>
              setSelection(
                event.currentTarget.checked ? NO_HEADER : only(data.suggested?.[0] ?? data.rows[0]?.row ?? 0),
              )
            }
          />
          <Checkbox
            label={<Trans>The names stand in several rows</Trans>}
            checked={several || shown.rows.length > 1}
            onChange={(event) => {
              setSeveral(event.currentTarget.checked);
              const [first] = shown.rows;
              if (!event.currentTarget.checked && first !== undefined) setSelection(only(first));
            }}
          />
        </div>
      )}
      <HeaderTable
        rows={data.rows}
        selection={shown}
        suggested={data.suggested ?? []}
        several={several || shown.rows.length > 1}
        onChange={data.named_by_format ? () => undefined : setSelection}
      />
      {data.more && (
        <Button variant="default" mt="sm" onClick={() => setLimit(limit + PAGE)}>
          <Trans>Show more rows</Trans>
        </Button>
      )}
    </StepPage>
  );
}

/** What to do, and what was found, in the server's words. */
function Lead({ view }: { view: HeaderView }) {
  if (view.named_by_format)
    return <Trans>This kind of file names its columns itself. There is nothing to choose.</Trans>;
  return (
    <>
      <Trans>Click a row, or use the arrow keys. Hold Shift for several rows.</Trans>
      <br />
      {view.evidence.map(({ text }) => text).join(" · ")}
    </>
  );
}

function Chosen({ rows, namedByFormat }: { rows: readonly number[]; namedByFormat: boolean }) {
  const [first] = rows;
  const last = rows.at(-1);
  if (namedByFormat) return null;
  if (first === undefined || last === undefined)
    return <Trans>No row holds names; columns are called by their letters.</Trans>;
  const from = first + 1;
  const to = last + 1;
  return (
    <>
      {first === last ? (
        <Trans>Row {from} holds the names.</Trans>
      ) : (
        <Trans>
          Rows {from} to {to} hold the names.
        </Trans>
      )}{" "}
      {first > 0 && <Plural value={first} one="# row above is left out." other="# rows above are left out." />}
    </>
  );
}
