import { Trans } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { Step } from "../api/types";
import { useReview } from "../state/hooks";
import { Help } from "./Help";
import { LostEdits } from "./LostEdits";
import classes from "./StepPage.module.css";
import { ORDER, useStep } from "./steps";

interface Props {
  name: Step;
  title: ReactNode;
  /** One sentence under the title: what is asked. */
  lead?: ReactNode;
  /** The server's words when it refused something. */
  problem?: string | null;
  children: ReactNode;
  /** What stands at the left of the footer: what will happen. */
  summary?: ReactNode;
  /** The way on. */
  actions: ReactNode;
}

/** Title, content and footer of the first three steps. */
export function StepPage({ name, title, lead, problem, children, summary, actions }: Props) {
  const { steps, lost_edits } = useReview();
  const help = steps.find((step) => step.name === name)?.help;
  return (
    <div className={classes.page}>
      <div className={classes.scroll}>
        <div className={classes.content}>
          <h2 className={classes.title}>{title}</h2>
          {lead && <p className={classes.lead}>{lead}</p>}
          {help && <Help html={help} />}
          {problem && (
            <Alert color="red" className={classes.problem} role="alert">
              {problem}
            </Alert>
          )}
          {lost_edits > 0 && <LostEdits count={lost_edits} />}
          {children}
        </div>
      </div>
      <footer className={classes.footer}>
        <div className={classes.summary}>{summary}</div>
        <BackButton step={name} />
        {actions}
      </footer>
    </div>
  );
}

function BackButton({ step }: { step: Step }) {
  const { steps } = useReview();
  const { setStep } = useStep();
  const before = ORDER.slice(0, ORDER.indexOf(step)).findLast((name) =>
    steps.some((info) => info.name === name && info.status !== "skipped"),
  );
  if (!before) return null;
  return (
    <Button variant="default" onClick={() => setStep(before)}>
      <Trans>Back</Trans>
    </Button>
  );
}
