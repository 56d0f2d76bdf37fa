import { useLingui } from "@lingui/react/macro";
import type { Decisions } from "./decisions";

/** How the file was read, as people would say it. */
export function FileSentence({ file }: { file: NonNullable<Decisions["file"]> }) {
  const { t } = useLingui();
  const { format, encoding, delimiter, sheet } = file;
  const between: Readonly<Record<string, string>> = {
    ",": t`commas between cells`,
    ";": t`semicolons between cells`,
    "\t": t`tabs between cells`,
    "|": t`bars between cells`,
  };
  const parts = [
    format?.toUpperCase(),
    encoding?.toUpperCase(),
    delimiter ? (between[delimiter] ?? t`“${delimiter}” between cells`) : null,
    sheet ? t`sheet “${sheet}”` : null,
  ].filter(Boolean);
  const how = parts.join(", ");
  return t`Read as ${how}.`;
}
