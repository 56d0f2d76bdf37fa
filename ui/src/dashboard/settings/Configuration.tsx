import { Trans, useLingui } from "@lingui/react/macro";
import { Checkbox } from "@mantine/core";
import { useState } from "react";
import type { Api } from "../../api/types";
import { DataTable } from "../parts/DataTable";
import forms from "../parts/Forms.module.css";

type Entry = Api<"ConfigurationEntry">;

/** The operator's settings in force. */
export function Configuration({ entries }: { entries: readonly Entry[] }) {
  const { t } = useLingui();
  const [all, setAll] = useState(false);
  const rows = all ? entries : entries.filter(({ set }) => set);
  return (
    <>
      <div className={forms.bar}>
        <Checkbox
          label={t`Also those that have their default`}
          checked={all}
          onChange={(event) => setAll(event.target.checked)}
        />
      </div>
      {rows.length ? (
        <DataTable
          name={t`Configuration of the service`}
          rows={rows}
          keyOf={({ name }) => name}
          columns={[
            {
              name: t`Setting`,
              cell: ({ name, description }) => (
                <>
                  <code className={forms.mono}>{name}</code>
                  <div className={forms.soft} lang="en">
                    {description}
                  </div>
                </>
              ),
            },
            { name: t`Value`, cell: (entry) => <Value of={entry} /> },
          ]}
        />
      ) : (
        <p className={forms.soft}>
          <Trans>Every setting has its default.</Trans>
        </p>
      )}
    </>
  );
}

function Value({ of: { secret, set, value } }: { of: Entry }) {
  if (secret) return set ? <Trans>set, not shown</Trans> : "–";
  if (value === null || value === undefined) return "–";
  return <bdi className={forms.mono}>{typeof value === "string" ? value : JSON.stringify(value)}</bdi>;
}
