import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useStore } from "../../state/store";
import { useDocument, useStudio } from "../context";
import { fieldsOf, textOf } from "../form/field";
import { FileDrop } from "../parts/FileDrop";
import { sampleOf } from "../parts/sample";
import { RowsInput } from "./RowsInput";
import classes from "./Trials.module.css";

/** Rows to begin with when there is no file. */
const FIRST_ROWS = 2;

/** What the schema is tried out on: a file, or rows that are typed here. The hooks use the same. */
export function SamplePicker() {
  const { t } = useLingui();
  const { sample } = useStudio();
  const { value } = useDocument();
  const chosen = useStore(sample);
  const [problem, setProblem] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const take = async (file: File) => {
    setReading(true);
    setProblem(null);
    try {
      sample.set(await sampleOf(file));
    } catch {
      setProblem(t`The file cannot be read. Choose it again.`);
    }
    setReading(false);
  };
  const typeRows = () => {
    const empty = Object.fromEntries(fieldsOf(value).map(({ key }) => [textOf(key), ""]));
    sample.set({ rows: Array.from({ length: FIRST_ROWS }, () => ({ ...empty })) });
  };
  if (!chosen)
    return (
      <div className={classes.pick}>
        <FileDrop busy={reading} onFile={(file) => void take(file)}>
          <Trans>Drop a sample file here. It is only read, not kept.</Trans>
        </FileDrop>
        <Button variant="subtle" size="xs" onClick={typeRows}>
          <Trans>Type some rows instead</Trans>
        </Button>
        {problem && (
          <p className={classes.warning} role="alert">
            {problem}
          </p>
        )}
      </div>
    );
  return (
    <div className={classes.sample}>
      {chosen.rows ? (
        <RowsInput rows={chosen.rows} onChange={(rows) => sample.set({ rows })} />
      ) : (
        <span className={classes.file}>{chosen.filename}</span>
      )}
      <Button variant="default" size="xs" onClick={() => sample.set(null)}>
        <Trans>Another sample</Trans>
      </Button>
    </div>
  );
}
