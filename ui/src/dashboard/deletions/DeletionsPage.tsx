import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Moment } from "../../Moment";
import { useSize } from "../imports/words";
import { Answer } from "../parts/Answer";
import { DataTable } from "../parts/DataTable";
import { Empty } from "../parts/Empty";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Progress } from "./Progress";
import { type Receipt, receiptsQuery } from "./queries";
import { useKindNames, useReasons } from "./words";

const route = getRouteApi("/frame/deletions");

/** What was deleted, when and why, and whether all of it is gone. */
export function DeletionsPage() {
  const { t } = useLingui();
  const { object } = route.useSearch();
  const query = useInfiniteQuery(receiptsQuery(object));
  return (
    <Page
      title={t`Deletions`}
      lead={
        <Trans>
          Each deletion leaves a signed receipt for those who ask for proof. It holds ids and counts, nothing of what
          was deleted.
        </Trans>
      }
    >
      {object && (
        <p className={forms.bar}>
          <span className={forms.mono}>
            <bdi>{object}</bdi>
          </span>
          <Link to="/deletions">
            <Trans>Show all</Trans>
          </Link>
        </p>
      )}
      <Answer query={query}>{({ pages }) => <List receipts={pages.flatMap(({ results }) => results)} />}</Answer>
      {query.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </Page>
  );
}

function List({ receipts }: { receipts: readonly Receipt[] }) {
  const { t } = useLingui();
  const kinds = useKindNames();
  const reasons = useReasons();
  const size = useSize();
  if (!receipts.length) return <Empty title={<Trans>Nothing was deleted yet</Trans>} />;
  return (
    <DataTable
      name={t`Deletions`}
      rows={receipts}
      keyOf={({ id }) => id}
      columns={[
        {
          name: t`What`,
          cell: ({ id, kind, object_id }) => (
            <>
              <Link to="/deletions/$deletionId" params={{ deletionId: id }} className={forms.strong}>
                {kinds[kind]}
              </Link>
              {object_id && (
                <div className={`${forms.soft} ${forms.mono}`}>
                  <bdi>{object_id}</bdi>
                </div>
              )}
            </>
          ),
        },
        { name: t`Why`, cell: ({ reason }) => reasons[reason] },
        { name: t`When`, cell: ({ requested_date }) => <Moment at={requested_date} /> },
        { name: t`Files`, align: "end", cell: ({ objects, bytes }) => (objects ? `${objects} · ${size(bytes)}` : "–") },
        { name: t`State`, cell: (receipt) => <Progress receipt={receipt} /> },
      ]}
    />
  );
}
