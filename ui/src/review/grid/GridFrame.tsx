import { useLingui } from "@lingui/react/macro";
import { type ReactNode, type RefObject, useEffect, useId, useRef } from "react";
import { useStore } from "../../state/store";
import type { GridController } from "./controller";
import { GridCore, type CoreOptions } from "./core";
import classes from "./Grid.module.css";
import { GridHeader } from "./GridHeader";

interface Props {
  grid: GridController;
  options: CoreOptions;
  label: string;
  /** Called once the grid is on the page; the signal ends with it. */
  onReady: (core: GridCore, signal: AbortSignal) => void;
  children?: ReactNode;
}

/** The elements of the grid. React makes them once; rows and cells come from GridCore. */
export function GridFrame({ grid, options, label, onReady, children }: Props) {
  const { t } = useLingui();
  const { model } = grid;
  const help = useId();
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const headMoving = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const layout = useStore(model.layout);

  useEffect(() => {
    const elements = {
      root: made(root),
      scroller: made(scroller),
      spacer: made(spacer),
      view: made(view),
      head: made(head),
      headMoving: made(headMoving),
      layer: made(layer),
    };
    const core = new GridCore(elements, model, options);
    const stop = new AbortController();
    onReady(core, stop.signal);
    return () => {
      stop.abort();
      core.close();
    };
  }, [model, options, onReady]);

  return (
    <div className={classes.frame}>
      <p id={help} hidden>
        {t`Arrow keys move, Enter edits, Shift with an arrow selects. Alt with an arrow down or up goes to the next or previous error. Escape and then Tab leaves the table.`}
      </p>
      <div
        ref={root}
        className={classes.root}
        role="grid"
        aria-label={label}
        aria-describedby={help}
        aria-multiselectable="true"
        aria-colcount={layout.columns.length + 1}
      >
        <div ref={scroller} className={classes.scroller} role="presentation">
          <div ref={spacer} className={classes.spacer} role="presentation">
            <div ref={view} className={classes.view} role="presentation">
              <div ref={head} className={classes.head} role="rowgroup">
                <GridHeader grid={grid} movingRef={headMoving} />
              </div>
              <div className={classes.body} role="rowgroup">
                <div ref={layer} className={classes.layer} role="presentation" />
              </div>
            </div>
          </div>
        </div>
      </div>
      {children}
    </div>
  );
}

function made<Element>({ current }: RefObject<Element | null>): Element {
  if (!current) throw new Error("The grid is used before it is on the page.");
  return current;
}
