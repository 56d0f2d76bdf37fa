import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Loading } from "../../dashboard/parts/Loading";
import { Trouble } from "../../dashboard/parts/Trouble";
import { ask, askVersion } from "../api/client";
import type { Author, Difference, Version } from "../api/types";
import { useDocument, useStudio } from "../context";
import { editable } from "../document/written";
import { Changes } from "./Changes";
import { useDifference, useVersions } from "./queries";
import classes from "./Versions.module.css";

/** Every state of the schema that was saved, what each changed, and the way back to it. */
export function HistoryTab() {
  const { id } = useStudio();
  return id === null ? null : <History id={id} />;
}

function History({ id }: { id: string }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useVersions(id);
  const [open, setOpen] = useState<number | null>(null);
  const versions = data?.pages.flatMap(({ results }) => results) ?? [];
  const [newest] = versions;
  const shown = open ?? newest?.version ?? null;
  return (
    <div className={classes.page}>
      <Unsaved id={id} />
      <Trouble error={error} retry={() => void refetch()} />
      {!data && !error && <Loading />}
      <ol className={classes.versions}>
        {versions.map((version) => (
          <Entry
            key={version.version}
            id={id}
            version={version}
            newest={newest?.version ?? version.version}
            open={version.version === shown}
            onOpen={() => setOpen(version.version === shown ? 0 : version.version)}
          />
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" aria-disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          <Trans>Show older ones</Trans>
        </Button>
      )}
    </div>
  );
}

/** What saving now would change. */
function Unsaved({ id }: { id: string }) {
  const { text, saved, problem } = useDocument();
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: (draft: string) => ask<Difference>("POST", `${id}/difference/`, { text: draft }),
    networkMode: "always",
  });
  const [of, setOf] = useState<string | null>(null);
  if (text === saved || problem) return null;
  const current = data && of === text;
  return (
    <section className={classes.unsaved}>
      <p>
        <Trans>You have changes that are not saved.</Trans>
      </p>
      {current ? (
        <Changes changes={data.changes} />
      ) : (
        <Button
          size="xs"
          variant="default"
          aria-disabled={isPending}
          onClick={() => {
            reset();
            setOf(text);
            mutate(text);
          }}
        >
          <Trans>Show what saving would change</Trans>
        </Button>
      )}
      <Trouble error={error} />
    </section>
  );
}

interface EntryProps {
  id: string;
  version: Version;
  /** The number of the newest version that is known here. */
  newest: number;
  open: boolean;
  onOpen: () => void;
}

function Entry({ id, version, newest, open, onOpen }: EntryProps) {
  const { i18n } = useLingui();
  const { version: number, created_date: date, restored_from: from } = version;
  const when = new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(date));
  return (
    <li className={classes.version}>
      <div className={classes.head}>
        <button type="button" className={classes.toggle} aria-expanded={open} onClick={onOpen}>
          <Trans>Version {number}</Trans>
        </button>
        <span className={classes.soft}>
          {when}
          <By author={version.created_by} />
          {from !== null && (
            <>
              {" · "}
              <Trans>version {from} again</Trans>
            </>
          )}
        </span>
        {number === newest ? (
          <span className={classes.current}>
            <Trans>Current</Trans>
          </span>
        ) : (
          <Restore id={id} version={number} newest={newest} />
        )}
      </div>
      {open && <Detail id={id} version={number} />}
    </li>
  );
}

function By({ author }: { author: Author | null }) {
  if (!author?.name) return null;
  return <> · {author.name}</>;
}

function Detail({ id, version }: { id: string; version: number }) {
  const { data, error, refetch } = useDifference(id, version, null);
  if (version === 1)
    return (
      <p className={classes.soft}>
        <Trans>The first version.</Trans>
      </p>
    );
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  return data ? <Changes changes={data.changes} /> : <Loading />;
}

/** Saves an old version as the newest one. Changes that are not saved are kept back by asking first. */
function Restore({ id, version, newest }: { id: string; version: number; newest: number }) {
  const { t } = useLingui();
  const { document } = useStudio();
  const { text, saved } = useDocument();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const restore = useMutation({
    networkMode: "always",
    // What was saved since this list was made would be replaced without having been seen.
    mutationFn: () =>
      askVersion("POST", `${id}/versions/${String(version)}/restore/`, { ifMatch: `"${String(newest)}"` }),
    onError: () => queries.invalidateQueries({ queryKey: ["versions", id] }),
    onSuccess: async (answer) => {
      document.replace(editable(answer.text), answer.tag);
      setAsking(false);
      await queries.invalidateQueries({ queryKey: ["versions", id] });
      await queries.invalidateQueries({ queryKey: ["schemas"] });
    },
  });
  if (asking)
    return (
      <span className={classes.asking} role="group" aria-label={t`Restore version ${version}?`}>
        {text === saved ? (
          <Trans>It becomes the newest version; nothing of the history is lost.</Trans>
        ) : (
          <Trans>It becomes the newest version, and replaces what you have not saved (Undo brings that back).</Trans>
        )}
        <Button
          size="compact-sm"
          aria-disabled={restore.isPending}
          onClick={() => !restore.isPending && restore.mutate()}
        >
          <Trans>Restore</Trans>
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setAsking(false)}>
          <Trans>Cancel</Trans>
        </Button>
        <Trouble error={restore.error} />
      </span>
    );
  return (
    <Button
      className={classes.restore ?? ""}
      size="compact-sm"
      variant="default"
      aria-label={t`Restore version ${version}…`}
      onClick={() => setAsking(true)}
    >
      <Trans>Restore…</Trans>
    </Button>
  );
}
