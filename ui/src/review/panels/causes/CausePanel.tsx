import { Trans } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { ErrorGroup } from "../../../api/types";
import { useGridView } from "../../../state/grid-view";
import { useGrid } from "../../../state/hooks";
import { useStore } from "../../../state/store";
import { CauseCard } from "./CauseCard";
import { StepHelp } from "../StepHelp";
import { AllClear } from "./AllClear";
import classes from "./causes.module.css";

/** What is wrong, grouped by column and cause, with the way to mend each group at once. */
export function CausePanel() {
  const { data } = useGrid();
  const grid = useGridView();
  const shown = useStore(grid.view).group ?? null;
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useKeptFocus(data?.groups, heading);
  if (!data) return null;
  const errors = data.groups.filter(({ level }) => level === "error");
  const others = data.groups.filter(({ level }) => level !== "error");
  return (
    <div ref={list}>
      <h2 className={classes.heading} tabIndex={-1} ref={heading}>
        {errors.length ? <Trans>Grouped by cause</Trans> : <Trans>All clear</Trans>}
      </h2>
      {errors.length ? <Cards groups={errors} shown={shown} /> : <AllClear summary={data.summary} />}
      {others.length > 0 && (
        <>
          <h2 className={classes.heading}>
            <Trans>Worth a look, stops nothing</Trans>
          </h2>
          <Cards groups={others} shown={shown} />
        </>
      )}
      <StepHelp />
    </div>
  );
}

function Cards({ groups, shown }: { groups: readonly ErrorGroup[]; shown: string | null }) {
  return (
    <ul className={classes.list}>
      {groups.map((group) => (
        <li key={group.id}>
          <CauseCard group={group} shown={group.id === shown} />
        </li>
      ))}
    </ul>
  );
}

/** A card that was mended goes away, and the focus that was in it would fall back to the start of the page. */
function useKeptFocus(groups: readonly ErrorGroup[] | undefined, heading: React.RefObject<HTMLElement | null>) {
  const list = useRef<HTMLDivElement>(null);
  const inside = useRef(false);
  useEffect(() => {
    const follow = (event: FocusEvent) => {
      inside.current = event.target instanceof Node && list.current?.contains(event.target) === true;
    };
    document.addEventListener("focusin", follow);
    return () => document.removeEventListener("focusin", follow);
  }, []);
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) heading.current?.focus();
  }, [groups, heading]);
  return list;
}
