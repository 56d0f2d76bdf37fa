import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Loading } from "../../dashboard/parts/Loading";
import { Trouble } from "../../dashboard/parts/Trouble";
import { Moment } from "../../Moment";
import { ask } from "../api/client";
import type { Difference } from "../api/types";
import type { Conflict, useSaving } from "../editor/useSaving";
import { useDocument } from "../context";
import { Changes } from "./Changes";
import { useDifference } from "./queries";
import classes from "./Versions.module.css";

/** Somebody saved the schema since this editor looked: who, when, what is different, and what is to become of both. */
export function ConflictDialog({ id, saving }: { id: string; saving: ReturnType<typeof useSaving> }) {
  const { t } = useLingui();
  const { conflict, busy, goOn } = saving;
  return (
    <Modal
      opened={conflict !== null}
      onClose={goOn}
      title={t`Somebody else saved this schema meanwhile`}
      closeButtonProps={{ "aria-label": t`Close` }}
      centered
      size="lg"
    >
      {conflict && (
        <>
          <About conflict={conflict} />
          {conflict.basedOn > 0 && <Theirs id={id} conflict={conflict} />}
          <details className={classes.fold} open={conflict.basedOn === 0 || undefined}>
            <summary>
              <Trans>What saving yours over it would change</Trans>
            </summary>
            <Mine id={id} />
          </details>
          <p className={classes.soft}>
            <Trans>Nothing gets lost: theirs stays in the history, and Undo brings yours back.</Trans>
          </p>
          <Trouble error={saving.trouble} />
          <div className={classes.choices}>
            <Button data-autofocus aria-disabled={busy} onClick={() => !busy && saving.takeTheirs()}>
              <Trans>Take theirs</Trans>
            </Button>
            <Button variant="default" aria-disabled={busy} onClick={() => !busy && saving.saveCopy()}>
              <Trans>Save mine as a copy</Trans>
            </Button>
            <Button variant="default" aria-disabled={busy} onClick={() => !busy && void saving.overwrite()}>
              <Trans>Save mine over theirs</Trans>
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}

function About({ conflict: { current } }: { conflict: Conflict }) {
  const { version: number, created_date: date, created_by: author } = current;
  return (
    <p className={classes.about}>
      <strong>
        <Trans>Version {number}</Trans>
      </strong>
      {author?.name && <bdi>{author.name}</bdi>}
      <Moment at={date} />
    </p>
  );
}

/** What was saved since the version that this editor's text is based on. */
function Theirs({ id, conflict: { current, basedOn } }: { id: string; conflict: Conflict }) {
  const { data, error, refetch } = useDifference(id, current.version, basedOn);
  return (
    <>
      <h3 className={classes.heading}>
        <Trans>What they changed</Trans>
      </h3>
      <div className={classes.compared}>
        <Trouble error={error} retry={() => void refetch()} />
        {data ? <Changes changes={data.changes} /> : !error && <Loading />}
      </div>
    </>
  );
}

/** What the newest version would become. */
function Mine({ id }: { id: string }) {
  const { text } = useDocument();
  const { data, error, refetch } = useQuery({
    queryKey: ["schema-difference", id, text],
    queryFn: ({ signal }) => ask<Difference>("POST", `${id}/difference/`, { text, signal }),
    gcTime: 0,
  });
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  return data ? <Changes changes={data.changes} /> : <Loading />;
}
