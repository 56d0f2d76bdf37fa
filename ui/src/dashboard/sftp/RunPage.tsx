import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Api } from "../../api/types";
import { Moment } from "../../Moment";
import { Answer } from "../parts/Answer";
import { DataTable } from "../parts/DataTable";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { filesQuery, type RunFile } from "./queries";
import { useReasonName } from "./words";

const route = getRouteApi("/frame/admin/sftp/connectors/$connectorId/runs/$runId");

/** One run: which files became which imports, and what was left alone. */
export function RunPage() {
  const { t } = useLingui();
  const { connectorId, runId } = route.useParams();
  const query = useInfiniteQuery(filesQuery(runId));
  return (
    <Page
      title={t`Files of a run`}
      back={<Link to="/sftp/connectors/$connectorId" params={{ connectorId }}>{t`Connector`}</Link>}
    >
      <Answer query={query}>
        {({ pages }) => (
          <>
            <Files files={pages.flatMap(({ results }) => results)} />
            {query.hasNextPage && (
              <Button
                variant="default"
                mt="md"
                onClick={() => void query.fetchNextPage()}
                loading={query.isFetchingNextPage}
              >
                <Trans>Show more</Trans>
              </Button>
            )}
            <Left entries={pages[0]?.left ?? []} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function Files({ files }: { files: readonly RunFile[] }) {
  const { t, i18n } = useLingui();
  const reasonName = useReasonName();
  if (!files.length)
    return (
      <p className={forms.soft}>
        <Trans>There was no new file.</Trans>
      </p>
    );
  return (
    <DataTable
      name={t`Files of a run`}
      rows={files}
      keyOf={({ path, changed_date, size }) => `${path} ${changed_date ?? ""} ${String(size)}`}
      columns={[
        { name: t`File`, cell: ({ path }) => <bdi dir="ltr">{path}</bdi> },
        { name: t`Bytes`, align: "end", cell: ({ size }) => i18n.number(size) },
        { name: t`Changed`, cell: ({ changed_date }) => changed_date && <Moment at={changed_date} /> },
        {
          name: t`Import`,
          cell: ({ import_id, reason }) => {
            if (import_id)
              return (
                <Link to="/imports/$importId" params={{ importId: import_id }}>
                  <Trans>Look at the import</Trans>
                </Link>
              );
            return reason ? reasonName(reason) : t`The import was deleted`;
          },
        },
      ]}
    />
  );
}

function Left({ entries }: { entries: readonly Api<"SftpLeft">[] }) {
  const { t } = useLingui();
  const reasonName = useReasonName();
  if (!entries.length) return null;
  return (
    <section className={forms.section}>
      <h2>
        <Trans>Left alone</Trans>
      </h2>
      <DataTable
        name={t`Left alone`}
        rows={entries}
        keyOf={({ name }) => name}
        columns={[
          { name: t`File`, cell: ({ name }) => <bdi dir="ltr">{name}</bdi> },
          { name: t`Reason`, cell: ({ reason }) => reasonName(reason) },
        ]}
      />
    </section>
  );
}
