import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useDocument, useStudio } from "../context";
import classes from "./Editor.module.css";

/** Says that the JSON cannot be read, so the form shows what it said last and changes nothing. */
export function Unreadable() {
  const { id, document } = useStudio();
  const { problem, text } = useDocument();
  if (!problem) return null;
  const line = text.slice(0, problem.offset).split("\n").length;
  return (
    <div className={classes.warning} role="alert">
      <span>
        <Trans>
          The JSON cannot be read at line {line}. This form shows what it said before, and changes nothing until it is
          mended.
        </Trans>
      </span>
      <Link from={id === null ? "/schemas/new" : "/schemas/$schemaId"} to="." search={{ tab: "json" }}>
        <Trans>Mend it</Trans>
      </Link>
      <Button size="xs" variant="default" onClick={() => document.backToReadable()}>
        <Trans>Go back to what the form shows</Trans>
      </Button>
    </div>
  );
}
