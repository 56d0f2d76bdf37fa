import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useReview, useSession } from "../../../state/hooks";
import { Moment } from "../../../Moment";
import { Who } from "../Who";
import { UndoRedo } from "../UndoRedo";
import { useHistoryWords } from "../words";
import classes from "./tools.module.css";

const PAGE = 50;

/** Everything that was done in this review, newest first. */
export function History() {
  const { t } = useLingui();
  const { client } = useSession();
  const { version } = useReview();
  const words = useHistoryWords();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["view", "history", version],
    queryFn: ({ pageParam, signal }) => client.history(pageParam, PAGE, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.version),
    placeholderData: (known) => known,
  });
  const entries = data?.pages.flat();
  return (
    <>
      <div className={classes.buttons}>
        <UndoRedo />
      </div>
      {error && <p role="alert">{error.message}</p>}
      {!entries && !error && <p>{t`Loading…`}</p>}
      {entries?.length === 0 && (
        <p className={classes.soft}>
          <Trans>Nothing was changed yet.</Trans>
        </p>
      )}
      <ol className={classes.entries}>
        {entries?.map((entry) => (
          <li key={entry.version} data-undone={entry.undone || undefined}>
            <span>{words(entry)}</span>
            <span className={classes.soft}>
              <Who mine={entry.mine} /> · <Moment at={entry.at} />
              {entry.undone && (
                <>
                  {" "}
                  · <Trans>taken back</Trans>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" aria-disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          <Trans>Show earlier changes</Trans>
        </Button>
      )}
    </>
  );
}
