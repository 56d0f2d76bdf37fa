import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Loading } from "../../dashboard/parts/Loading";
import { Trouble } from "../../dashboard/parts/Trouble";
import { useStore } from "../../state/store";
import { ask } from "../api/client";
import type { HookAnswer } from "../api/types";
import { useDocument, useStudio } from "../context";
import fields from "../editor/Fields.module.css";
import { fieldsOf, objectOf, textOf } from "../form/field";
import { Keys } from "../form/Group";
import { Help } from "../form/Help";
import { useProblemAt } from "../form/place";
import type { Key } from "../form/shape";
import { bodyWith } from "../trials/body";
import { SamplePicker } from "../trials/SamplePicker";
import { HookResult } from "./HookResult";
import classes from "./Hooks.module.css";
import type { Hook } from "./list";

const HookEditor = lazy(() => import("./HookEditor").then(({ HookEditor }) => ({ default: HookEditor })));

/** What a hook was run on, and what came of it. */
interface Run {
  source: string;
  answer: HookAnswer;
}

/** One hook: its source, and what it does to sample rows. */
export function HookForm({ hook, onRemove }: { hook: Hook; onRemove: () => void }) {
  const { t } = useLingui();
  const { document, sample } = useStudio();
  const { value, text, problem } = useDocument();
  const chosen = useStore(sample);
  const wrong = useProblemAt(hook.sourcePath);
  const run = useMutation({
    networkMode: "always",
    mutationFn: async (): Promise<Run> => {
      if (!chosen) throw new Error("There is nothing to run the hook on.");
      const body = bodyWith(text, { hook: questionOf(hook), sample: chosen });
      return { source: hook.source, answer: await ask<HookAnswer>("POST", "run-hook/", { text: body }) };
    },
  });
  const answer = run.data?.answer;
  // Of another source it would be marked at a wrong place.
  const error = run.data?.source === hook.source ? (answer?.error ?? null) : null;
  const keys = hook.keys.map((key): Key =>
    withFields(
      key,
      fieldsOf(value).map((field) => textOf(field.key)),
    ),
  );
  return (
    <fieldset className={fields.all} disabled={problem !== null}>
      <div className={fields.formHead}>
        <h2 className={fields.formTitle}>
          {hook.kind.label} {hook.number}
        </h2>
        <div className={fields.tools}>
          <Button variant="default" size="compact-sm" onClick={onRemove}>
            <Trans>Delete</Trans>
          </Button>
        </div>
      </div>
      <p className={classes.help}>
        <Help text={hook.kind.help} />
      </p>
      {keys.length > 0 && (
        <Keys
          keys={keys}
          value={objectOf(hook.value)}
          place={{ path: hook.path, put: (rest, next) => document.put([...hook.path, ...rest], next) }}
        />
      )}
      <Suspense fallback={<Loading />}>
        <HookEditor
          source={hook.source}
          label={t`Source of the hook`}
          error={error}
          keys={fieldsOf(value).map((field) => textOf(field.key))}
          readOnly={problem !== null}
          onChange={(source) => document.put(hook.sourcePath, source)}
        />
      </Suspense>
      <p className={classes.problem} id="hook-problem" role="status">
        {error ? null : wrong}
      </p>
      <section className={fields.section} aria-labelledby="run-hook">
        <h3 id="run-hook">
          <Trans>Run it on sample rows</Trans>
        </h3>
        <SamplePicker />
        {chosen && (
          <Button aria-disabled={run.isPending} onClick={() => !run.isPending && run.mutate()}>
            {run.isPending ? <Trans>Running…</Trans> : <Trans>Run</Trans>}
          </Button>
        )}
        <Trouble error={run.error} />
        {answer && <HookResult answer={answer} outdated={run.data?.source !== hook.source} />}
      </section>
    </fieldset>
  );
}

/** The hook as the service is asked to run it. */
const questionOf = ({ kind, source, value }: Hook) => ({
  kind: kind.name,
  source,
  field_name: objectOf(value).fieldName ?? null,
  step: objectOf(value).type ?? null,
});

/** The key of a field is chosen among those that there are. */
const withFields = (key: Key, names: string[]): Key =>
  key.name === "fieldName" ? { ...key, shape: { kind: "choice", choices: names } } : key;
