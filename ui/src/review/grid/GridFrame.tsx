import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useStore } from "../../state/store";
import { GridCore, type CoreOptions } from "./core";
import classes from "./Grid.module.css";
import { GridHeader } from "./GridHeader";
import type { GridModel } from "./model";

interface Props {
  model: GridModel;
  options: CoreOptions;
  label: string;
  /** Called once the grid is on the page; the answer, when it has gone. */
  onReady: (core: GridCore) => () => void;
  children?: ReactNode;
}

/** The elements of the grid. React makes them once; rows and cells come from GridCore. */
export function GridFrame({ model, options, label, onReady, children }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const headMoving = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const layout = useStore(model.layout);

  useEffect(() => {
    const core = new GridCore(
      {
        root: made(root),
        scroller: made(scroller),
        spacer: made(spacer),
        view: made(view),
        head: made(head),
        headMoving: made(headMoving),
        layer: made(layer),
      },
      model,
      options,
    );
    const forget = onReady(core);
    return () => {
      forget();
      core.close();
    };
  }, [model, options, onReady]);

  return (
    <div
      ref={root}
      className={classes.root}
      role="grid"
      aria-label={label}
      aria-multiselectable="true"
      aria-colcount={layout.columns.length + 1}
    >
      <div ref={scroller} className={classes.scroller} tabIndex={-1} role="presentation">
        <div ref={spacer} className={classes.spacer} role="presentation">
          <div ref={view} className={classes.view} role="presentation">
            <div ref={head} className={classes.head} role="rowgroup">
              <GridHeader model={model} movingRef={headMoving} />
            </div>
            <div className={classes.body} role="rowgroup">
              <div ref={layer} className={classes.layer} role="presentation" />
            </div>
            {children}
          </div>
        </div>
      </div>
    </div>
  );
}

function made<Element>({ current }: RefObject<Element | null>): Element {
  if (!current) throw new Error("The grid is used before it is on the page.");
  return current;
}
