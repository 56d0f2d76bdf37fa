import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Menu, Table, TextInput } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Empty } from "../dashboard/parts/Empty";
import { Loading } from "../dashboard/parts/Loading";
import { Page } from "../dashboard/parts/Page";
import { Trouble } from "../dashboard/parts/Trouble";
import { useDelete, useDuplicate, useSchemas } from "./api/queries";
import type { SavedSchema } from "./api/types";
import { listOf, objectOf, textOf } from "./form/field";
import { DeleteDialog } from "./list/DeleteDialog";
import classes from "./list/List.module.css";

/** All saved schemas. */
export function SchemasPage() {
  const { t } = useLingui();
  const { data, error, refetch } = useSchemas();
  const [search, setSearch] = useState("");
  const found = data?.filter((schema) => matches(schema, search)) ?? [];
  return (
    <Page
      title={t`Schemas`}
      lead={<Trans>A schema says which fields an import has, and what may stand in them.</Trans>}
      actions={
        <Button component={Link} to="/schemas/new">
          <Trans>New schema</Trans>
        </Button>
      }
    >
      <Trouble error={error} retry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data?.length === 0 && (
        <Empty title={<Trans>No schema yet</Trans>}>
          <Trans>Start from a file that you want to import: its fields are found for you to adjust.</Trans>
        </Empty>
      )}
      {data && data.length > 0 && (
        <>
          <TextInput
            className={classes.search ?? ""}
            type="search"
            aria-label={t`Search the schemas`}
            placeholder={t`Search by name, identifier or field`}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {found.length > 0 ? (
            <Schemas found={found} all={data} />
          ) : (
            <p role="status">
              <Trans>No schema fits “{search}”.</Trans>
            </p>
          )}
        </>
      )}
    </Page>
  );
}

/** Whether a schema's name, identifier or one of its fields holds what is searched for. */
function matches(schema: SavedSchema, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  const texts = [schema.name, textOf(objectOf(schema.settings).importIdentifier)];
  for (const field of listOf(schema.fields).map(objectOf)) texts.push(textOf(field.label), textOf(field.key));
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

function Schemas({ found, all }: { found: readonly SavedSchema[]; all: readonly SavedSchema[] }) {
  const navigate = useNavigate();
  const duplicate = useDuplicate();
  const remove = useDelete();
  const [going, setGoing] = useState<SavedSchema | null>(null);
  const copy = async (schema: SavedSchema) => {
    const schemaId = await duplicate.mutateAsync({ schema, all }).catch(() => null);
    if (schemaId) await navigate({ to: "/schemas/$schemaId", params: { schemaId } });
  };
  const close = () => {
    setGoing(null);
    remove.reset();
  };
  return (
    <>
      <Trouble error={duplicate.error} />
      <Table className={classes.table ?? ""} verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Trans>Name</Trans>
            </Table.Th>
            <Table.Th className={classes.second ?? ""}>
              <Trans>Import identifier</Trans>
            </Table.Th>
            <Table.Th className={classes.second ?? ""}>
              <Trans>Fields</Trans>
            </Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {found.map((schema) => (
            <Row key={schema.id} schema={schema} onCopy={() => void copy(schema)} onDelete={() => setGoing(schema)} />
          ))}
        </Table.Tbody>
      </Table>
      <DeleteDialog
        schema={going}
        busy={remove.isPending}
        error={remove.error}
        onClose={close}
        onDelete={(id) => remove.mutate(id, { onSuccess: close })}
      />
    </>
  );
}

interface RowProps {
  schema: SavedSchema;
  onCopy: () => void;
  onDelete: () => void;
}

function Row({ schema, onCopy, onDelete }: RowProps) {
  const { t } = useLingui();
  const fields = listOf(schema.fields).map(objectOf);
  const { name } = schema;
  const names = fields.map(({ label }) => textOf(label)).join(", ");
  return (
    <Table.Tr>
      <Table.Td>
        <Link className={classes.name} to="/schemas/$schemaId" params={{ schemaId: schema.id }}>
          {schema.name}
        </Link>
        <p className={classes.fields}>{names}</p>
      </Table.Td>
      <Table.Td className={classes.second ?? ""}>{textOf(objectOf(schema.settings).importIdentifier)}</Table.Td>
      <Table.Td className={classes.second ?? ""}>
        <Plural value={fields.length} one="# field" other="# fields" />
      </Table.Td>
      <Table.Td className={classes.more ?? ""}>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="subtle" size="xs" aria-label={t`What to do with ${name}`}>
              ···
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onCopy}>
              <Trans>Duplicate</Trans>
            </Menu.Item>
            <Menu.Item color="red" onClick={onDelete}>
              <Trans>Delete…</Trans>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}
