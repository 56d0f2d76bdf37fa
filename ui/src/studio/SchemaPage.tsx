import { Trans } from "@lingui/react/macro";
import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../api/errors";
import { Empty } from "../dashboard/parts/Empty";
import { Loading } from "../dashboard/parts/Loading";
import { Trouble } from "../dashboard/parts/Trouble";
import { type SavedText, schemaQuery, useDescription } from "./api/queries";
import type { Description } from "./api/types";
import { SchemaDocument } from "./document/document";
import { Editor } from "./editor/Editor";

/** The editor of one saved schema. */
export function SchemaPage() {
  const { schemaId } = useParams({ from: "/frame/schemas/$schemaId" });
  const schema = useQuery(schemaQuery(schemaId));
  const description = useDescription();
  const error = schema.error ?? description.error;
  if (error instanceof ApiError && error.status === 404) return <Gone />;
  if (error) return <Trouble error={error} retry={() => void Promise.all([schema.refetch(), description.refetch()])} />;
  if (schema.data === undefined || !description.data) return <Loading />;
  return <Open key={schemaId} id={schemaId} saved={schema.data} description={description.data} />;
}

function Open({ id, saved, description }: { id: string; saved: SavedText; description: Description }) {
  const { text, tag } = saved;
  const [document] = useState(() => new SchemaDocument(id, text, text, sessionStorage, tag));
  return <Editor id={id} document={document} description={description} />;
}

function Gone() {
  return (
    <Empty
      title={<Trans>This schema is not there any more</Trans>}
      action={
        <Anchor renderRoot={(props) => <Link {...props} to="/schemas" />}>
          <Trans>All schemas</Trans>
        </Anchor>
      }
    >
      <Trans>Somebody deleted it, or the link is not whole.</Trans>
    </Empty>
  );
}
