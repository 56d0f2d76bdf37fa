import { useLingui } from "@lingui/react/macro";
import { DataTable } from "../parts/DataTable";
import { Status } from "../parts/Status";
import { type ColumnDecision, textsOf } from "./decisions";
import classes from "./ImportPage.module.css";

interface Props {
  columns: readonly ColumnDecision[];
  nameOf: (field: string) => string;
}

/** Which column of the file became which field. */
export function ColumnDecisions({ columns, nameOf }: Props) {
  const { t, i18n } = useLingui();
  return (
    <DataTable
      name={t`Columns`}
      rows={columns}
      keyOf={({ index }) => String(index)}
      columns={[
        { name: t`Column`, cell: ({ header, index }) => <ColumnName header={header} number={index + 1} /> },
        { name: t`Field`, cell: ({ field }) => (field ? <bdi>{nameOf(field)}</bdi> : <LeftOut />) },
        { name: t`How`, cell: (column) => <How column={column} /> },
        {
          name: t`Sure`,
          align: "end",
          cell: ({ confidence }) =>
            typeof confidence === "number" ? i18n.number(confidence, { style: "percent" }) : "",
        },
      ]}
    />
  );
}

function ColumnName({ header, number }: { header: string | null; number: number }) {
  const { t } = useLingui();
  return <bdi>{header === null || header === "" ? t`Column ${number}` : header}</bdi>;
}

function LeftOut() {
  const { t } = useLingui();
  return <Status tone="quiet">{t`Left out`}</Status>;
}

function How({ column: { status, method, evidence } }: { column: ColumnDecision }) {
  const { t } = useLingui();
  const why = method === "person" ? t`A person chose that.` : textsOf(evidence).join(" · ");
  return (
    <>
      {status === "uncertain" && <Status tone="waiting">{t`Not sure`}</Status>}{" "}
      <span className={classes.evidence}>{why}</span>
    </>
  );
}
