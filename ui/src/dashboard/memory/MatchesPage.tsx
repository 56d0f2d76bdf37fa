import { Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Answer } from "../parts/Answer";
import { useAnnounce } from "../parts/announce";
import { ConfirmedButton } from "../parts/ConfirmedButton";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { saveFile } from "../parts/saveFile";
import { ChangeMatch } from "./ChangeMatch";
import { HeaderTable, ValueTable } from "./MatchTables";
import { fileName, type LearnedHeader, type LearnedValue, type Memory, type Place } from "./memory";
import { forgetMemory, MEMORY, memoryQuery } from "./queries";

const route = getRouteApi("/frame/memory/matches");

/** What is known for one import identifier: look, correct, take out, forget. */
export function MatchesPage() {
  const { identifier } = route.useSearch();
  const { t } = useLingui();
  const query = useQuery(memoryQuery(identifier));
  return (
    <Page
      title={identifier}
      back={<Link to="/memory">{t`Learned matches`}</Link>}
      actions={
        query.data && (
          <>
            <Button
              variant="default"
              onClick={() => saveFile(fileName(identifier), JSON.stringify(query.data, null, 2))}
            >
              <Trans>Export</Trans>
            </Button>
            <ForgetAll identifier={identifier} />
          </>
        )
      }
    >
      <Answer query={query}>{(memory) => <Matches identifier={identifier} memory={memory} />}</Answer>
    </Page>
  );
}

/** A match that is being changed, and what it leads to now. */
interface Changing {
  place: Place;
  target: string | null;
}

function Matches({ identifier, memory }: { identifier: string; memory: Memory }) {
  const { t } = useLingui();
  const [search, setSearch] = useState("");
  const [changing, setChanging] = useState<Changing | null>(null);
  const { headers = [], values = [] } = memory;
  const wanted = search.trim().toLowerCase();
  const isWanted = (...texts: (string | null | undefined)[]) =>
    texts.some((text) => text?.toLowerCase().includes(wanted)) || !wanted;
  const shownHeaders = headers.filter(({ header, field }: LearnedHeader) => isWanted(header, field));
  const shownValues = values.filter(({ field, value, option }: LearnedValue) => isWanted(field, value, option));
  return (
    <>
      <div className={forms.bar}>
        <TextInput
          type="search"
          aria-label={t`Search`}
          placeholder={t`Search`}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {shownHeaders.length > 0 && (
        <section>
          <HeaderTable
            rows={shownHeaders}
            onChange={({ header, field }) => setChanging({ place: { kind: "header", header }, target: field ?? null })}
          />
        </section>
      )}
      {shownValues.length > 0 && (
        <section className={forms.section}>
          <h2>
            <Trans>Options</Trans>
          </h2>
          <ValueTable
            rows={shownValues}
            onChange={({ field, value, option }) =>
              setChanging({ place: { kind: "value", field, value }, target: option })
            }
          />
        </section>
      )}
      {shownHeaders.length + shownValues.length === 0 && (
        <p className={forms.soft}>
          <Trans>No match has this text.</Trans>
        </p>
      )}
      {changing && <ChangeMatch identifier={identifier} {...changing} onClose={() => setChanging(null)} />}
    </>
  );
}

function ForgetAll({ identifier }: { identifier: string }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const navigate = useNavigate();
  return (
    <ConfirmedButton
      button={<Trans>Forget all</Trans>}
      title={<Trans>Forget all that was learned here?</Trans>}
      confirm={<Trans>Forget all</Trans>}
      action={() => forgetMemory(identifier)}
      onDone={async () => {
        await navigate({ to: "/memory" });
        announce(t`Forgotten.`);
        await queries.invalidateQueries({ queryKey: MEMORY });
      }}
    >
      <Trans>The next files are matched as if they were the first. An export can bring it back.</Trans>
    </ConfirmedButton>
  );
}
