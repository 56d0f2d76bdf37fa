import { Trans } from "@lingui/react/macro";
import { type ComponentType, lazy, Suspense, useEffect, useRef, useState } from "react";
import type { ReviewState, Step } from "../api/types";
import { ErrorBoundary } from "../ErrorBoundary";
import { FileFacts } from "./FileFacts";
import classes from "./Frame.module.css";
import { LiveRegion } from "./LiveRegion";
import { NetworkBanner } from "./NetworkBanner";
import { Preparing } from "./Preparing";
import { StepLoading } from "./StepLoading";
import { StepperNav, useStepNames } from "./StepperNav";
import { StepContext } from "./steps";
import { ThemeToggle } from "../ThemeToggle";
import { Why } from "./Why";

// Each step is loaded when it is shown: most people see one of them.
const STEPS: Readonly<Record<Step, ComponentType>> = {
  header: lazy(() => import("./header/HeaderStep").then(({ HeaderStep }) => ({ default: HeaderStep }))),
  columns: lazy(() => import("./columns/ColumnsStep").then(({ ColumnsStep }) => ({ default: ColumnsStep }))),
  values: lazy(() => import("./values/ValuesStep").then(({ ValuesStep }) => ({ default: ValuesStep }))),
  review: lazy(() => import("./ReviewStep").then(({ ReviewStep }) => ({ default: ReviewStep }))),
};

/** What is round every step: which import this is, where the person stands, and what the page has to say. */
export function Frame({ state }: { state: ReviewState }) {
  const names = useStepNames();
  const [step, setStep] = useState<Step>(state.step);
  const main = useFocusOnChange(step);
  useEffect(() => {
    document.title = state.title;
  }, [state.title]);
  const Shown = STEPS[step];
  const preparing = state.preparing?.step === step ? state.preparing : null;
  return (
    <StepContext value={{ step, setStep }}>
      <div className={classes.app}>
        <a className={classes.skip} href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
          <Trans>Skip to the content</Trans>
        </a>
        <header className={classes.header}>
          <h1 className={classes.title}>{state.title}</h1>
          <FileFacts state={state} />
          <StepperNav steps={state.steps} />
          <ThemeToggle />
        </header>
        <NetworkBanner />
        {/* The last step says itself what is left, cell by cell; the reasons are of the time before. */}
        {step !== "review" && <Why state={state} />}
        <main id="main" className={classes.main} tabIndex={-1} ref={main} aria-label={names[step]}>
          <ErrorBoundary key={step}>
            {preparing ? (
              <Preparing preparing={preparing} text={state.settings.processing_text} />
            ) : (
              <Suspense fallback={<StepLoading />}>
                <Shown />
              </Suspense>
            )}
          </ErrorBoundary>
          <div id="overlays" />
        </main>
        <LiveRegion />
      </div>
    </StepContext>
  );
}

/** Moves the focus to the element when the value changes, so that it never falls back to the start of the page. */
function useFocusOnChange(value: unknown) {
  const ref = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) ref.current?.focus();
    first.current = false;
  }, [value]);
  return ref;
}
