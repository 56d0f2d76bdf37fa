import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { Api } from "../../api/types";
import { Moment } from "../../Moment";
import { useMay } from "../account/me";
import { Facts } from "../parts/Facts";
import { Duration } from "./Duration";
import classes from "./ImportPage.module.css";
import { SchemaOf } from "./ImportsTable";
import type { ImportDetail } from "./queries";

type Entry = Api<"TimelineEntry">;

const TONES: Readonly<Partial<Record<Entry["event"], string>>> = { succeeded: "good", failed: "bad" };

/** What happened when, and whose import it is. */
export function Story({ detail }: { detail: ImportDetail }) {
  const { t } = useLingui();
  const { timeline, restarts, user, import_identifier, rerun_of } = detail;
  return (
    <>
      <ol className={classes.story}>
        {timeline.map((entry) => (
          <li key={entry.event} data-tone={TONES[entry.event]}>
            <Event entry={entry} />
            <Moment at={entry.date} />
          </li>
        ))}
      </ol>
      {restarts > 0 && (
        <p className={classes.soft}>
          <Plural value={restarts} one="Begun again # time" other="Begun again # times" />
        </p>
      )}
      <div className={classes.facts}>
        <Facts
          facts={[
            [t`Took`, <Duration key="took" of={detail} />],
            [t`Schema`, <SchemaOf key="schema" of={detail} />],
            ...(import_identifier ? [[t`Identifier`, <bdi key="identifier">{import_identifier}</bdi>] as const] : []),
            ...(user ? [[t`For`, <bdi key="user">{user.name ?? user.email ?? user.id}</bdi>] as const] : []),
            ...(rerun_of
              ? [
                  [
                    t`Run again from`,
                    <Link key="from" to="/imports/$importId" params={{ importId: rerun_of }}>
                      <Trans>this import</Trans>
                    </Link>,
                  ] as const,
                ]
              : []),
            ...(detail.origin ? [[t`Fetched from`, <Origin key="origin" origin={detail.origin} />] as const] : []),
            [t`Id`, <bdi key="id">{detail.id}</bdi>],
          ]}
        />
      </div>
    </>
  );
}

/** The server and path that its file was fetched from; for admins a link to the connector. */
function Origin({ origin: { hostname, path, connector_id } }: { origin: Api<"Origin"> }) {
  const isAdmin = useMay("sftp:read");
  const place = <bdi dir="ltr">{`${hostname}:${path}`}</bdi>;
  if (!isAdmin) return place;
  return (
    <Link to="/sftp/connectors/$connectorId" params={{ connectorId: connector_id }}>
      {place}
    </Link>
  );
}

function Event({ entry: { event, count } }: { entry: Entry }) {
  const { t } = useLingui();
  if (event === "changed") {
    return (
      <span>
        <Plural value={count ?? 0} one="# change by people" other="# changes by people" />
      </span>
    );
  }
  const names: Readonly<Record<Exclude<Entry["event"], "changed">, string>> = {
    created: t`Created`,
    uploaded: t`File uploaded`,
    started: t`Started`,
    needs_review: t`Needs review`,
    submitted: t`Review submitted`,
    succeeded: t`Successful`,
    failed: t`Failed`,
  };
  return <span>{names[event]}</span>;
}
