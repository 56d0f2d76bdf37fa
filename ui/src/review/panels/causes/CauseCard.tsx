import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useId, useState } from "react";
import type { ErrorGroup, FieldInfo } from "../../../api/types";
import { useGridView } from "../../../state/grid-view";
import { useGrid, useReview } from "../../../state/hooks";
import { Samples } from "../Samples";
import { useFormat } from "../useFormat";
import classes from "./causes.module.css";
import { CauseValues } from "./CauseValues";
import { Compare } from "./Compare";
import { FixButtons } from "./FixButtons";
import { type FixOffer, isRepeated, optionLabels, useFixWords } from "./fixWords";
import { MapValues } from "./MapValues";
import { MoreWays } from "./MoreWays";
import { SetValue } from "./SetValue";
import { useFix } from "./useFix";
import { type CauseForm, waysOf } from "./ways";

/** One cause: what is wrong, what proves it, what mends it. `shown`: the grid shows its rows only. */
export function CauseCard({ group, shown }: { group: ErrorGroup; shown: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const { settings } = useReview();
  const field = useGroupField(group);
  const words = useFixWords();
  const { busy, apply } = useFix(group);
  const [form, setForm] = useState<CauseForm | null>(null);
  const title = useId();
  const ways = waysOf(group, field, settings.allow_removing_rows);
  const samples = ways.main?.samples ?? [];
  const labels = optionLabels(field?.select_options ?? null);
  const offers = {
    group,
    ways,
    busy,
    say: (fix: FixOffer) => words(fix, group, labels),
    onFix: apply,
    onForm: (wanted: CauseForm) => setForm((open) => (open === wanted ? null : wanted)),
  };
  const close = () => setForm(null);

  return (
    <section className={classes.cause} data-level={group.level} data-shown={shown || undefined} aria-labelledby={title}>
      <div className={classes.title}>
        <h3 id={title}>
          <span>{group.label}</span>{" "}
          <span className={classes.count}>
            {format(group.cells || group.rows)}
            <span className="hg-hidden"> {group.cells ? t`cells` : t`rows`}</span>
          </span>
        </h3>
        <MoreWays {...offers} />
      </div>
      <p>{group.text}</p>
      {group.evidence.map(({ code, text }) => (
        <p key={`${code} ${text}`}>{text}</p>
      ))}
      {samples.length > 0 ? <Samples samples={samples} /> : <CauseValues group={group} />}
      <FixButtons {...offers} form={form}>
        <ShowThem group={group} shown={shown} />
      </FixButtons>
      {form === "set" && <SetValue group={group} field={field} busy={busy} onApply={apply} onClose={close} />}
      {form === "map" && field && <MapValues group={group} field={field} busy={busy} onApply={apply} onClose={close} />}
      {isRepeated(group) && <Compare group={group} opened={form === "compare"} onClose={close} />}
    </section>
  );
}

/** Shows only the rows of a group, or all again. */
function ShowThem({ group, shown }: { group: ErrorGroup; shown: boolean }) {
  const grid = useGridView();
  const toggle = () =>
    grid.show(shown ? { ...grid.view.get(), group: null } : { only: "all", group: group.id, filters: [], sort: [] });
  return (
    <Button variant="default" size="xs" aria-pressed={shown} onClick={toggle}>
      {shown ? <Trans>Show all again</Trans> : <Trans>Show them</Trans>}
    </Button>
  );
}

/** The field of a group's column; null where the rows as such are in error. */
function useGroupField(group: ErrorGroup): FieldInfo | null {
  const { fields } = useReview();
  const { data } = useGrid();
  const key = data?.columns.find(({ id }) => id === group.column)?.field;
  return fields.find((field) => field.key === key) ?? null;
}
