import { Trans, useLingui } from "@lingui/react/macro";
import type { Api } from "../../api/types";
import { useColumnLabel } from "./words";
import classes from "./panels.module.css";

interface Props {
  samples: readonly Api<"Sample">[];
  /** Say the column of each: the samples come from several. */
  columns?: boolean;
}

/** Texts before and after a change. */
export function Samples({ samples, columns = false }: Props) {
  const { t } = useLingui();
  const labelOf = useColumnLabel();
  if (samples.length === 0) return null;
  return (
    <table className={classes.samples}>
      <caption className="hg-hidden">{t`Examples of the change`}</caption>
      <thead className="hg-hidden">
        <tr>
          {columns && (
            <th scope="col">
              <Trans>Column</Trans>
            </th>
          )}
          <th scope="col">
            <Trans>Before</Trans>
          </th>
          <th scope="col">
            <Trans>After</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {samples.map((sample) => (
          <tr key={`${sample.row} ${sample.column}`}>
            {columns && <td className={classes.where}>{labelOf(sample.column)}</td>}
            <td className={classes.was}>
              <CellText text={sample.before} />
            </td>
            <td className={classes.now}>
              <CellText text={sample.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A cell's text as it stands; an empty cell is said in words. */
export function CellText({ text }: { text: string | null }) {
  return text === null || text === "" ? (
    <i className={classes.empty}>
      <Trans>empty</Trans>
    </i>
  ) : (
    <bdi>{text}</bdi>
  );
}
