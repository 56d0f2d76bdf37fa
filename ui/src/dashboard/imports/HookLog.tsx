import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Answer } from "../parts/Answer";
import classes from "./ImportPage.module.css";
import { consoleQuery } from "./queries";
import { Section } from "./Section";

/** What the schema's hooks wrote. */
export function HookLog({ importId }: { importId: string }) {
  const { t } = useLingui();
  const query = useInfiniteQuery(consoleQuery(importId));
  return (
    <Section title={<Trans>Hook log</Trans>}>
      <Answer query={query}>
        {({ pages }) => (
          <ol className={classes.log} aria-label={t`Hook log`}>
            {pages
              .flatMap(({ results }) => results)
              .map(({ level, text, hook, row }, index) => (
                <li key={index}>
                  <span>
                    <bdi>{hook}</bdi>
                    {typeof row === "number" && <RowOf row={row} />}
                  </span>
                  <p data-level={level}>{text}</p>
                </li>
              ))}
          </ol>
        )}
      </Answer>
      {query.hasNextPage && (
        <Button
          className={classes.more}
          variant="default"
          onClick={() => void query.fetchNextPage()}
          loading={query.isFetchingNextPage}
        >
          <Trans>Show more</Trans>
        </Button>
      )}
    </Section>
  );
}

function RowOf({ row }: { row: number }) {
  const { t, i18n } = useLingui();
  const number = i18n.number(row + 1);
  return ` · ${t`row ${number}`}`;
}
