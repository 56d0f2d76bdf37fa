import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Moment } from "../../Moment";
import { useSize } from "../imports/words";
import { Answer } from "../parts/Answer";
import { DataTable } from "../parts/DataTable";
import { Facts } from "../parts/Facts";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { DownloadReceipt } from "./DownloadReceipt";
import { Progress } from "./Progress";
import { type Receipt, receiptQuery } from "./queries";
import { useKindNames, useReasons } from "./words";

const route = getRouteApi("/frame/deletions/$deletionId");

/** One deletion: how far it has come, what went with it, and its receipt. */
export function DeletionPage() {
  const { t } = useLingui();
  const { deletionId } = route.useParams();
  const query = useQuery(receiptQuery(deletionId));
  return (
    <Page
      title={t`Deletion`}
      back={<Link to="/deletions">{t`Deletions`}</Link>}
      actions={query.data && <DownloadReceipt receipt={query.data} />}
    >
      <Answer query={query}>{(receipt) => <Told receipt={receipt} />}</Answer>
    </Page>
  );
}

function Told({ receipt }: { receipt: Receipt }) {
  const { t } = useLingui();
  const kind = useKindNames()[receipt.kind];
  const reason = useReasons()[receipt.reason];
  const size = useSize();
  const { id, object_id, requested_by, requested_date, completed_date, objects, bytes, rows, signature } = receipt;
  return (
    <>
      <div role="status">
        <Progress receipt={receipt} />
      </div>
      <Facts
        facts={[
          [t`What`, kind],
          [t`Id`, <Id key="object" text={object_id ?? "–"} />],
          [t`Why`, reason],
          [t`Who`, <Id key="who" text={requested_by.id ?? "–"} />],
          [t`Begun`, <Moment key="begun" at={requested_date} />],
          [t`Ended`, completed_date === null ? "–" : <Moment key="ended" at={completed_date} />],
          [t`Files`, objects ? `${objects} · ${size(bytes)}` : "–"],
          [t`Receipt`, <Id key="receipt" text={id} />],
          [t`Signature`, <Id key="signature" text={signature ?? "–"} />],
        ]}
      />
      <Rows rows={Object.entries(rows)} />
    </>
  );
}

function Rows({ rows }: { rows: readonly [table: string, count: number][] }) {
  const { t } = useLingui();
  if (!rows.length) return null;
  return (
    <section className={forms.section}>
      <h2>
        <Trans>Entries of the database</Trans>
      </h2>
      <DataTable
        name={t`Entries of the database`}
        rows={rows}
        keyOf={([table]) => table}
        columns={[
          { name: t`Table`, cell: ([table]) => <Id text={table} /> },
          { name: t`Entries`, align: "end", cell: ([, count]) => count },
        ]}
      />
    </section>
  );
}

function Id({ text }: { text: string }) {
  return <bdi className={forms.mono}>{text}</bdi>;
}
