import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Page } from "../../dashboard/parts/Page";
import { Trouble } from "../../dashboard/parts/Trouble";
import { ask } from "../api/client";
import type { Description, InferAnswer } from "../api/types";
import { blank } from "../document/written";
import { FileDrop } from "../parts/FileDrop";
import { sampleOf } from "../parts/sample";
import { Found } from "./Found";
import classes from "./Start.module.css";

interface Props {
  description: Description;
  /** Opens the editor with this text. */
  onStart: (text: string) => void;
}

/** What a new schema starts from: a file, whose fields are found, or nothing. */
export function StartPage({ description, onStart }: Props) {
  const { t } = useLingui();
  const infer = useMutation({
    mutationFn: async (file: File) => ({
      filename: file.name,
      answer: await ask<InferAnswer>("POST", "infer/", { json: { sample: await sampleOf(file) } }),
    }),
    networkMode: "always",
  });
  const rows = infer.data?.answer.rows ?? 0;
  return (
    <Page
      title={t`New schema`}
      back={
        <Anchor renderRoot={(props) => <Link {...props} to="/schemas" />}>
          <Trans>Schemas</Trans>
        </Anchor>
      }
      lead={
        infer.data ? (
          <Trans>
            <Plural value={rows} one="# row was looked at." other="# rows were looked at." /> Look over what was found:
            what is not sure is text, and everything can be changed in the editor.
          </Trans>
        ) : (
          <Trans>Start from a file that you want to import. Its columns become fields, with a reason for each.</Trans>
        )
      }
    >
      <Trouble error={infer.error} />
      {infer.data ? (
        <Found
          key={infer.data.filename}
          description={description}
          answer={infer.data.answer}
          filename={infer.data.filename}
          onStart={onStart}
          onBack={infer.reset}
        />
      ) : (
        <div className={classes.start}>
          <FileDrop busy={infer.isPending} onFile={(file) => infer.mutate(file)}>
            <Trans>Drop a CSV, Excel, JSON or XML file here. It is only read, not kept.</Trans>
          </FileDrop>
          <Button variant="subtle" onClick={() => onStart(blank())}>
            <Trans>Start with nothing</Trans>
          </Button>
        </div>
      )}
    </Page>
  );
}
