import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Moment } from "../../Moment";
import { Answer } from "../parts/Answer";
import { DataTable } from "../parts/DataTable";
import { Empty } from "../parts/Empty";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { ImportMemory } from "./ImportMemory";
import { identifiersQuery } from "./queries";

/** What earlier imports have taught, by import identifier. */
export function MemoryPage() {
  const { t, i18n } = useLingui();
  const query = useQuery(identifiersQuery);
  return (
    <Page
      title={t`Learned matches`}
      lead={
        <Trans>
          Which column is which field, and which text is which option: what people decided once is taken for the next
          file with the same import identifier.
        </Trans>
      }
      actions={query.data && <ImportMemory known={query.data} />}
    >
      <Answer query={query}>
        {(identifiers) =>
          identifiers.length ? (
            <DataTable
              name={t`Learned matches`}
              rows={identifiers}
              keyOf={({ import_identifier }) => import_identifier}
              columns={[
                {
                  name: t`Import identifier`,
                  cell: ({ import_identifier }) => (
                    <Link to="/memory/matches" search={{ identifier: import_identifier }} className={forms.strong}>
                      {import_identifier}
                    </Link>
                  ),
                },
                { name: t`Matches`, align: "end", cell: ({ matches }) => i18n.number(matches) },
                { name: t`Last used`, cell: ({ last_used }) => <Moment at={last_used} /> },
              ]}
            />
          ) : (
            <Empty title={<Trans>Nothing has been learned yet</Trans>}>
              <Trans>It begins when an import ends whose schema has an import identifier.</Trans>
            </Empty>
          )
        }
      </Answer>
    </Page>
  );
}
