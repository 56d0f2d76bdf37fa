import { Trans, useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Api } from "../../api/types";
import { Answer } from "../parts/Answer";
import { DataTable } from "../parts/DataTable";
import classes from "./ImportPage.module.css";
import { type IssueLevel, issuesQuery } from "./queries";
import { Section } from "./Section";

type Issue = Api<"ImportIssue">;
type Labels = Readonly<Record<string, string>>;

/** What is wrong with which rows, in their order. */
export function Issues({ importId, labels }: { importId: string; labels: Labels }) {
  const { t } = useLingui();
  const [level, setLevel] = useState<IssueLevel>("error");
  const query = useInfiniteQuery(issuesQuery(importId, level));
  return (
    <Section title={<Trans>Errors and notes</Trans>}>
      <div className={classes.bar}>
        <SegmentedControl<IssueLevel>
          aria-label={t`Which to show`}
          size="sm"
          value={level}
          onChange={(value) => setLevel(value)}
          data={[
            { value: "error", label: t`Errors` },
            { value: "warning", label: t`Warnings` },
            { value: "info", label: t`Notes` },
          ]}
        />
      </div>
      <Answer query={query}>
        {({ pages }) => (
          <List issues={pages.flatMap(({ results }) => results)} more={query.hasNextPage} labels={labels} />
        )}
      </Answer>
      {query.hasNextPage && (
        <Button
          className={classes.more}
          variant="default"
          onClick={() => void query.fetchNextPage()}
          loading={query.isFetchingNextPage}
        >
          <Trans>Show more</Trans>
        </Button>
      )}
    </Section>
  );
}

function List({ issues, more, labels }: { issues: readonly Issue[]; more: boolean; labels: Labels }) {
  const { t, i18n } = useLingui();
  if (!issues.length)
    return more ? null : (
      <p className={classes.soft}>
        <Trans>There are none.</Trans>
      </p>
    );
  return (
    <DataTable
      name={t`Errors and notes`}
      rows={issues.map((issue, index) => ({ ...issue, index }))}
      keyOf={({ index }) => String(index)}
      columns={[
        { name: t`Row`, cell: ({ sourceRow, rowIndex }) => rowNumber(sourceRow, rowIndex, i18n.number.bind(i18n)) },
        {
          name: t`Field`,
          cell: ({ fieldKey }) => <bdi>{fieldKey ? (labels[fieldKey] ?? fieldKey) : t`Whole row`}</bdi>,
        },
        { name: t`Value`, cell: ({ value }) => <bdi className={classes.value}>{textOf(value)}</bdi> },
        { name: t`What is wrong`, cell: ({ message }) => message },
      ]}
    />
  );
}

/** The row as the file counts it; of rows that hooks or people added, as the result counts it. */
function rowNumber(
  source: number | null | undefined,
  index: number | null | undefined,
  say: (value: number) => string,
): string {
  if (typeof source === "number") return say(source);
  return typeof index === "number" ? `+${say(index + 1)}` : "";
}

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
};
