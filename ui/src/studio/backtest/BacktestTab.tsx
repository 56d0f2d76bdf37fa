import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, NativeSelect, Progress } from "@mantine/core";
import { useState } from "react";
import { Loading } from "../../dashboard/parts/Loading";
import { Trouble } from "../../dashboard/parts/Trouble";
import type { Backtest } from "../api/types";
import { useDocument, useStudio } from "../context";
import { Changes } from "../versions/Changes";
import classes from "./Backtest.module.css";
import { isRunning, useBacktest, useCancel, useNewest, useStart } from "./queries";
import { Result } from "./Result";

/** How many imports may be chosen. */
const COUNTS = ["10", "25", "50", "100"];

/** Which of the stored imports would come out differently with the schema as it is here, and why. */
export function BacktestTab() {
  const { id } = useStudio();
  return id === null ? null : <Test id={id} />;
}

function Test({ id }: { id: string }) {
  const newest = useNewest(id);
  const test = useBacktest(id, newest.data ?? null);
  const error = newest.error ?? test.error;
  return (
    <div className={classes.page}>
      <p className={classes.lead}>
        <Trans>
          Runs the schema as it is here, saved or not, against imports that you have already. You see which of them
          would come out differently. The imports themselves stay as they are.
        </Trans>
      </p>
      <Start id={id} running={test.data !== undefined && isRunning(test.data)} />
      <Trouble error={error} retry={() => void Promise.all([newest.refetch(), test.refetch()])} />
      {newest.data && !test.data && !error && <Loading />}
      {test.data && <Outcome id={id} test={test.data} />}
    </div>
  );
}

function Start({ id, running }: { id: string; running: boolean }) {
  const { t } = useLingui();
  const { text, problem } = useDocument();
  const [imports, setImports] = useState(COUNTS[0] ?? "");
  const start = useStart(id);
  const busy = running || start.isPending;
  return (
    <>
      <div className={classes.start}>
        <NativeSelect
          label={t`How many of the newest imports`}
          data={COUNTS}
          value={imports}
          onChange={(event) => setImports(event.currentTarget.value)}
        />
        <Button
          disabled={problem !== null}
          aria-disabled={busy}
          onClick={() => !busy && start.mutate({ text, imports: Number(imports) })}
        >
          <Trans>Start the back-test</Trans>
        </Button>
      </div>
      <Trouble error={start.error} />
    </>
  );
}

function Outcome({ id, test }: { id: string; test: Backtest }) {
  const { t, i18n } = useLingui();
  const cancel = useCancel(id);
  const { total, pending } = test.counts;
  const running = isRunning(test);
  const when = new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium", timeStyle: "short" });
  const begun = when.format(new Date(test.created_date));
  return (
    <section className={classes.outcome} aria-labelledby="outcome">
      <div role="status">
        <h2 id="outcome" className={classes.verdict}>
          <Verdict test={test} />
        </h2>
      </div>
      <p className={classes.soft}>
        <Trans>Begun {begun}.</Trans>
      </p>
      {running && (
        <div className={classes.progress}>
          <Progress.Root aria-label={t`Progress`} size="sm">
            <Progress.Section
              aria-label={t`Imports that were run`}
              value={total ? ((total - pending) / total) * 100 : 0}
              color="accent"
            />
          </Progress.Root>
          <Button size="xs" variant="default" aria-disabled={cancel.isPending} onClick={() => cancel.mutate(test.id)}>
            <Trans>Stop</Trans>
          </Button>
        </div>
      )}
      <Trouble error={cancel.error} />
      <details className={classes.details}>
        <summary>
          <Plural
            value={test.changes.length}
            _0="It was the saved schema, without a change"
            one="# change of the schema was tested"
            other="# changes of the schema were tested"
          />
        </summary>
        <Changes changes={test.changes} />
      </details>
      <ul className={classes.results}>
        {test.results.map((result) => (
          <Result key={result.import_id} id={id} test={test.id} result={result} />
        ))}
      </ul>
    </section>
  );
}

function Verdict({ test }: { test: Backtest }) {
  const { total, pending, differs, not_testable: untested } = test.counts;
  const done = total - pending;
  if (test.state === "FAILED") return <Trans>The back-test could not be finished. Start it again.</Trans>;
  if (isRunning(test))
    return (
      <Trans>
        {done} of {total} imports were run
      </Trans>
    );
  if (test.state === "CANCELLED")
    return (
      <Trans>
        Stopped after {done} of {total} imports
      </Trans>
    );
  if (total === 0) return <Trans>There is no completed import of this schema yet, so nothing could be tested.</Trans>;
  const tested = total - untested;
  return (
    <>
      <Plural
        value={differs}
        _0="No import would come out differently"
        one="# import would come out differently"
        other="# imports would come out differently"
      />{" "}
      <Plural value={tested} one="(# was tested)" other="(of # that were tested)" />
    </>
  );
}
