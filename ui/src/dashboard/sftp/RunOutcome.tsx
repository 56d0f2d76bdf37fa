import { Plural } from "@lingui/react/macro";
import { Moment } from "../../Moment";
import forms from "../parts/Forms.module.css";
import { Status } from "../parts/Status";
import type { Run } from "./queries";
import { TONES, useProblemName, useRunState } from "./words";

/** How a run ended: its state, when it was, what it imported or why it failed. */
export function RunOutcome({ run }: { run: Run }) {
  const stateName = useRunState();
  const problemName = useProblemName();
  return (
    <>
      <Status tone={TONES[run.state]}>{stateName(run.state)}</Status>
      <div className={forms.soft}>
        {run.problem ? (
          problemName(run.problem)
        ) : (
          <Plural value={run.imported} one="# file imported" other="# files imported" />
        )}
      </div>
      <div className={forms.soft}>
        <Moment at={run.ended_date ?? run.created_date} />
      </div>
    </>
  );
}
