import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Moment } from "../../Moment";
import type { Api } from "../../api/types";
import { serviceRoot } from "../root";
import { Answer } from "../parts/Answer";
import { DataTable } from "../parts/DataTable";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { useActionName, useKindChoices } from "./actions";
import { auditQuery } from "./queries";

type Entry = Api<"AuditObject">;

/** Who did what, and when. */
export function AuditPage() {
  const { t } = useLingui();
  const [kind, setKind] = useState<string | null>(null);
  const query = useInfiniteQuery(auditQuery(kind));
  return (
    <Page title={t`Audit log`} lead={<Trans>Who changed what. Entries are never changed.</Trans>}>
      <div className={forms.bar}>
        <Select
          aria-label={t`Kind`}
          placeholder={t`Everything`}
          data={useKindChoices()}
          value={kind}
          onChange={setKind}
          clearable
          clearButtonProps={{ "aria-label": t`Everything` }}
        />
        <Button variant="default" component="a" href={exportOf(kind)} download>
          <Trans>Download</Trans>
        </Button>
      </div>
      <Answer query={query}>{({ pages }) => <List entries={pages.flatMap(({ results }) => results)} />}</Answer>
      {query.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </Page>
  );
}

/** All that is listed, as a file for spreadsheet programs. */
function exportOf(kind: string | null): string {
  const url = new URL("api/v1/account/audit/export/", serviceRoot());
  if (kind) url.searchParams.set("action", kind);
  return url.href;
}

function List({ entries }: { entries: readonly Entry[] }) {
  const { t } = useLingui();
  const actionName = useActionName();
  if (!entries.length)
    return (
      <p className={forms.soft}>
        <Trans>Nothing is written down yet.</Trans>
      </p>
    );
  return (
    <DataTable
      name={t`Audit log`}
      rows={entries}
      keyOf={({ number }) => String(number)}
      columns={[
        { name: t`When`, cell: ({ date }) => <Moment at={date} /> },
        { name: t`Who`, cell: ({ actor }) => <Who actor={actor} /> },
        {
          name: t`What`,
          cell: ({ action, details, object_id, object_name }) => (
            <>
              {actionName(action)}
              {object_name && (
                <>
                  {": "}
                  <bdi>{object_name}</bdi>
                </>
              )}
              {(details ?? object_id) && (
                <div className={`${forms.soft} ${forms.mono}`}>
                  <bdi>{details ? JSON.stringify(details) : object_id}</bdi>
                </div>
              )}
            </>
          ),
        },
        { name: t`Address`, cell: ({ address }) => <bdi className={forms.soft}>{address ?? "–"}</bdi> },
      ]}
    />
  );
}

function Who({ actor: { kind, name } }: { actor: Entry["actor"] }) {
  if (kind === "system") return <Trans>The operator</Trans>;
  if (kind === "nobody") return <Trans>Somebody who did not sign in</Trans>;
  if (name === null)
    return kind === "key" ? <Trans>A key that was deleted</Trans> : <Trans>Somebody whose account was deleted</Trans>;
  return (
    <>
      {name}
      {kind === "key" && (
        <span className={forms.soft}>
          {" "}
          <Trans>(key)</Trans>
        </span>
      )}
    </>
  );
}
