import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { DataTable } from "../parts/DataTable";
import { byField, changed, type Decisions, textsOf, type ValueDecision } from "./decisions";
import { ColumnDecisions } from "./ColumnDecisions";
import { FileSentence } from "./FileSentence";
import classes from "./ImportPage.module.css";
import { Section } from "./Section";

type Labels = Readonly<Record<string, string>>;

/** Everything that was decided, and why, in words. */
export function DecisionsPart({ decisions, labels }: { decisions: Decisions; labels: Labels }) {
  const { header, columns = [], types = [], autofixes = [], values = [], valuesTruncated } = decisions;
  const warnings = [...textsOf(decisions.file?.warnings), ...textsOf(decisions.warnings)];
  const nameOf = (field: string) => labels[field] ?? field;
  if (!decisions.file && !header && !columns.length) return null;
  return (
    <Section title={<Trans>What was decided, and why</Trans>}>
      <ul className={classes.sentences}>
        {decisions.file && (
          <li>
            <FileSentence file={decisions.file} />
          </li>
        )}
        {header && typeof header.row === "number" && <HeaderSentence header={{ ...header, row: header.row }} />}
        {types
          .filter(({ evidence }) => textsOf(evidence).length > 0)
          .map(({ field, evidence }) => (
            <li key={`type ${field}`}>
              <bdi>{nameOf(field)}</bdi>: <span className={classes.evidence}>{textsOf(evidence).join(" · ")}</span>
            </li>
          ))}
        {autofixes.map(({ field, code, text, count }) => (
          <li key={`fix ${field} ${code}`}>
            <bdi>{nameOf(field)}</bdi>: {text ?? code}{" "}
            <span className={classes.evidence}>
              <Plural value={count} one="# cell" other="# cells" />
            </span>
          </li>
        ))}
        {warnings.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {columns.length > 0 && <ColumnDecisions columns={columns} nameOf={nameOf} />}
      <Values values={values} truncated={valuesTruncated ?? false} nameOf={nameOf} />
    </Section>
  );
}

function HeaderSentence({ header }: { header: NonNullable<Decisions["header"]> & { row: number } }) {
  const { i18n } = useLingui();
  const rows = header.rows?.length ? header.rows : [header.row];
  const list = new Intl.ListFormat(i18n.locale).format(rows.map((row) => i18n.number(row + 1)));
  return (
    <li>
      <Plural
        value={rows.length}
        one={`The column names are in row ${list}.`}
        other={`The column names are in rows ${list}.`}
      />{" "}
      <span className={classes.evidence}>
        {header.status === "person" ? <Trans>A person chose that.</Trans> : textsOf(header.evidence).join(" · ")}
      </span>
    </li>
  );
}

interface ValuesProps {
  values: readonly ValueDecision[];
  truncated: boolean;
  nameOf: (field: string) => string;
}

/** Which texts became which options. What was the option already is not told. */
function Values({ values, truncated, nameOf }: ValuesProps) {
  const { t, i18n } = useLingui();
  const told = byField(values.filter(changed));
  return (
    <>
      {told.map(([field, found]) => (
        <details key={field} className={classes.group}>
          <summary>
            <bdi>{nameOf(field)}</bdi>:{" "}
            <Plural value={found.length} one="# text became an option" other="# texts became options" />
          </summary>
          <DataTable
            name={nameOf(field)}
            rows={found}
            keyOf={({ value }) => value}
            columns={[
              { name: t`In the file`, cell: ({ value }) => <bdi className={classes.value}>{value}</bdi> },
              { name: t`Option`, cell: ({ option }) => <bdi>{option ?? t`None`}</bdi> },
              { name: t`Cells`, align: "end", cell: ({ count }) => i18n.number(count) },
            ]}
          />
        </details>
      ))}
      {truncated && (
        <p className={classes.soft}>
          <Trans>Only the first 1,000 texts are listed.</Trans>
        </p>
      )}
    </>
  );
}
