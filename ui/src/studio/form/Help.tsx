import { Code } from "@mantine/core";
import { Fragment } from "react";

/** A help text of the server's description, in which names stand in backticks. */
export function Help({ text }: { text: string }) {
  return text.split("`").map((part, index) => {
    const key = `${String(index)} ${part}`;
    return index % 2 ? <Code key={key}>{part}</Code> : <Fragment key={key}>{part}</Fragment>;
  });
}
