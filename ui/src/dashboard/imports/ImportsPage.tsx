import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { Moment } from "../../Moment";
import { Answer } from "../parts/Answer";
import { ButtonLink } from "../parts/ButtonLink";
import { Empty } from "../parts/Empty";
import { Page } from "../parts/Page";
import { FilterBar } from "./FilterBar";
import { type ImportFilter, isFiltered } from "./filters";
import classes from "./Imports.module.css";
import { ImportsTable } from "./ImportsTable";
import { useLiveImports } from "./live";
import { type ListedImport, rowsOf } from "./patch";
import { listQuery } from "./queries";

const route = getRouteApi("/frame/imports");
/** Rows that are looked for without a click when a search finds few among very many imports. */
const ENOUGH = 20;

/** All imports of the organization, as they happen. */
export function ImportsPage() {
  const { t } = useLingui();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(listQuery(filter));
  useLiveImports();
  const create = (
    <ButtonLink to="/imports/new">
      <Trans>New import</Trans>
    </ButtonLink>
  );
  return (
    <Page title={t`Imports`} actions={create}>
      <FilterBar filter={filter} onChange={(next) => void navigate({ search: next, replace: true })} />
      <Answer query={query}>
        {(list) => (
          <>
            <Found rows={rowsOf(list)} filter={filter} searching={query.hasNextPage} create={create} />
            <More query={query} rows={rowsOf(list).length} searchedTo={list.pages.at(-1)?.searched_to ?? null} />
          </>
        )}
      </Answer>
    </Page>
  );
}

interface FoundProps {
  rows: ListedImport[];
  filter: ImportFilter;
  searching: boolean;
  create: React.ReactNode;
}

function Found({ rows, filter, searching, create }: FoundProps) {
  if (rows.length) return <ImportsTable imports={rows} />;
  if (searching) return null;
  if (isFiltered(filter))
    return (
      <Empty title={<Trans>No import fits</Trans>}>
        <Trans>Choose other filters, or clear them to see all imports.</Trans>
      </Empty>
    );
  return (
    <Empty title={<Trans>There is no import yet</Trans>} action={create}>
      <Trans>Drop a file on a schema to try it out, or create imports with the API.</Trans>
    </Empty>
  );
}

interface MoreProps {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  rows: number;
  searchedTo: string | null;
}

/** The way to older imports. A search among very many goes on by itself until it has found a screenful. */
function More({ query, rows, searchedTo }: MoreProps) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const goOn = searchedTo !== null && rows < ENOUGH && hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (goOn && !isFetchingNextPage) void fetchNextPage();
  }, [goOn, isFetchingNextPage, fetchNextPage]);
  if (!hasNextPage) return null;
  return (
    <div className={classes.more}>
      <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
        <Trans>Show more</Trans>
      </Button>
      <p role="status" className={classes.soft}>
        {searchedTo !== null && (
          <>
            <Plural value={rows} one="# found" other="# found" />{" "}
            <Trans>
              back to <Moment at={searchedTo} />
            </Trans>
          </>
        )}
      </p>
    </div>
  );
}
