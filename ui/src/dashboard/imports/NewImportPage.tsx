import { Trans, useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Answer } from "../parts/Answer";
import { ButtonLink } from "../parts/ButtonLink";
import { Empty } from "../parts/Empty";
import { Page } from "../parts/Page";
import { Trouble } from "../parts/Trouble";
import { DropZone } from "./DropZone";
import classes from "./NewImport.module.css";
import { schemaNamesQuery } from "./queries";
import { Sending } from "./Sending";
import { useNewImport } from "./useNewImport";

/** A file is dropped on a schema; what becomes of it is shown on the page of its import. */
export function NewImportPage() {
  const { t } = useLingui();
  const query = useQuery(schemaNamesQuery);
  return (
    <Page
      title={t`New import`}
      lead={<Trans>To try a schema out, or to import a file by hand.</Trans>}
      back={<Link to="/imports">{t`Imports`}</Link>}
    >
      <Answer query={query}>{(schemas) => (schemas.length ? <Form schemas={schemas} /> : <NoSchema />)}</Answer>
    </Page>
  );
}

function NoSchema() {
  return (
    <Empty
      title={<Trans>There is no schema yet</Trans>}
      action={
        <ButtonLink to="/schemas">
          <Trans>Schemas</Trans>
        </ButtonLink>
      }
    >
      <Trans>A schema says which fields you want from a file. Create one first.</Trans>
    </Empty>
  );
}

function Form({ schemas }: { schemas: { value: string; label: string }[] }) {
  const { t } = useLingui();
  const only = schemas.length === 1 ? schemas[0]?.value : undefined;
  const [schema, setSchema] = useState<string | null>(only ?? null);
  const { send, stop, sending, error } = useNewImport();
  if (sending) return <Sending {...sending} onStop={stop} />;
  return (
    <div className={classes.form}>
      <Select
        label={t`Schema`}
        placeholder={t`Choose a schema`}
        data={schemas}
        value={schema}
        onChange={setSchema}
        searchable
        allowDeselect={false}
      />
      <DropZone disabled={schema === null} onFile={(file) => schema !== null && send(schema, file)} />
      <Trouble error={error} />
    </div>
  );
}
