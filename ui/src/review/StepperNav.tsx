import { useLingui } from "@lingui/react/macro";
import type { ReviewState, Step } from "../api/types";
import classes from "./Frame.module.css";
import { useStep } from "./steps";

type StepInfo = ReviewState["steps"][number];

/** The names of the steps, in the words of the person. */
export function useStepNames(): Readonly<Record<Step, string>> {
  const { t } = useLingui();
  return { header: t`Header`, columns: t`Columns`, values: t`Values`, review: t`Review` };
}

/** Where the person stands, and the way back to every step that was there before. */
export function StepperNav({ steps }: { steps: readonly StepInfo[] }) {
  const { t } = useLingui();
  const { step, setStep } = useStep();
  const names = useStepNames();
  const says = (info: StepInfo) =>
    info.status === "done"
      ? t`done`
      : info.status === "skipped"
        ? t`nothing to do`
        : info.needs_person
          ? t`needs you`
          : "";
  return (
    <nav aria-label={t`Steps`} className={classes.steps}>
      <ol>
        {steps.map((info) => (
          <li key={info.name}>
            <button
              type="button"
              className={classes.step}
              data-status={info.status}
              aria-current={info.name === step ? "step" : undefined}
              disabled={info.status === "upcoming" && info.name !== step}
              onClick={() => setStep(info.name)}
            >
              {names[info.name]}
              {says(info) && <span className="hg-hidden">, {says(info)}</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
