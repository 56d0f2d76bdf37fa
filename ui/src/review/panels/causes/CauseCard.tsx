import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useId, useState } from "react";
import type { ErrorGroup, FieldInfo } from "../../../api/types";
import { useGridView } from "../../../state/grid-view";
import { useGrid, useReview } from "../../../state/hooks";
import { useFormat } from "../useFormat";
import { Samples } from "../Samples";
import { CauseValues } from "./CauseValues";
import { Compare } from "./Compare";
import classes from "./causes.module.css";
import { FixButtons } from "./FixButtons";
import { isRepeated, orderOffers } from "./fixWords";
import { MapValues } from "./MapValues";
import { SetValue } from "./SetValue";
import { useFix } from "./useFix";

export type CauseForm = "map" | "set" | "compare";

/** One cause: what is wrong, what proves it, what mends it. */
export function CauseCard({ group, shown }: { group: ErrorGroup; shown: boolean }) {
  const { t } = useLingui();
  const grid = useGridView();
  const format = useFormat();
  const field = useGroupField(group);
  const { busy, apply } = useFix(group);
  const [form, setForm] = useState<CauseForm | null>(null);
  const title = useId();
  const { main } = orderOffers(group);
  const samples = main?.samples ?? [];
  const toggle = (wanted: CauseForm) => setForm((open) => (open === wanted ? null : wanted));
  const close = () => setForm(null);

  return (
    <section className={classes.cause} data-level={group.level} data-shown={shown || undefined} aria-labelledby={title}>
      <h3 className={classes.title} id={title}>
        <span>{group.label}</span>
        <span className={classes.count}>
          {format(group.cells || group.rows)}
          <span className="hg-hidden">{group.cells ? t`cells` : t`rows`}</span>
        </span>
      </h3>
      <p>{group.text}</p>
      {group.evidence.map(({ code, text }) => (
        <p key={code}>{text}</p>
      ))}
      {samples.length > 0 ? <Samples samples={samples} /> : <CauseValues group={group} />}
      <FixButtons group={group} field={field} busy={busy} form={form} onFix={apply} onForm={toggle}>
        <Button
          variant="default"
          size="xs"
          aria-pressed={shown}
          onClick={() =>
            grid.show(
              shown ? { ...grid.view.get(), group: null } : { only: "all", group: group.id, filters: [], sort: [] },
            )
          }
        >
          {shown ? <Trans>Show all again</Trans> : <Trans>Show them</Trans>}
        </Button>
      </FixButtons>
      {form === "set" && <SetValue group={group} field={field} busy={busy} onApply={apply} onClose={close} />}
      {form === "map" && field && <MapValues group={group} field={field} busy={busy} onApply={apply} onClose={close} />}
      {isRepeated(group) && <Compare group={group} opened={form === "compare"} onClose={close} />}
    </section>
  );
}

/** The field of a group's column; null where the rows as such are in error. */
function useGroupField(group: ErrorGroup): FieldInfo | null {
  const { fields } = useReview();
  const { data } = useGrid();
  const key = data?.columns.find(({ id }) => id === group.column)?.field;
  return fields.find((field) => field.key === key) ?? null;
}
