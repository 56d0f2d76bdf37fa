import { useState } from "react";
import { Loading } from "../dashboard/parts/Loading";
import { Trouble } from "../dashboard/parts/Trouble";
import { useDescription } from "./api/queries";
import { SchemaDocument } from "./document/document";
import { blank } from "./document/written";
import { Editor } from "./editor/Editor";
import { StartPage } from "./start/StartPage";

const NEW = "new";

const open = (text: string) => new SchemaDocument(NEW, null, text, sessionStorage);

/** A schema that is not saved yet: first what it starts from, then its editor. */
export function NewSchemaPage() {
  const description = useDescription();
  // What was begun earlier in this tab and not saved goes on.
  const [document, setDocument] = useState(() => {
    const begun = open(blank());
    return begun.restored === "none" ? null : begun;
  });
  if (description.error) return <Trouble error={description.error} retry={() => void description.refetch()} />;
  if (!description.data) return <Loading />;
  if (document)
    return (
      <Editor
        id={null}
        document={document}
        description={description.data}
        onDrop={() => {
          document.forget();
          setDocument(null);
        }}
      />
    );
  return <StartPage description={description.data} onStart={(text) => setDocument(open(text))} />;
}
