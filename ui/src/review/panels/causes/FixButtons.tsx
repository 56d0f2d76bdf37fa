import { Button, Loader } from "@mantine/core";
import type { ReactNode } from "react";
import type { Api, ErrorGroup } from "../../../api/types";
import classes from "./causes.module.css";
import { changeOf, type FixOffer } from "./fixWords";
import { type CauseForm, useFormNames, type Ways } from "./ways";

interface Props {
  group: ErrorGroup;
  ways: Ways;
  say: (fix: FixOffer) => string;
  busy: boolean;
  form: CauseForm | null;
  onFix: (fix: Api<"Fix">) => Promise<boolean>;
  onForm: (form: CauseForm) => void;
  children: ReactNode;
}

/** The recommended way to mend a group, and what stands beside it. */
export function FixButtons({ group, ways, say, busy, form, onFix, onForm, children }: Props) {
  const names = useFormNames();
  const { main, beside, formBeside } = ways;
  const run = (fix: FixOffer) => {
    if (!busy) void onFix(changeOf(group, fix));
  };
  return (
    <div className={classes.buttons}>
      {main && (
        // It stays enabled while it works: a button that is disabled loses the focus.
        <Button
          size="xs"
          aria-disabled={busy}
          leftSection={busy && <Loader size={12} color="currentColor" aria-hidden />}
          onClick={() => run(main)}
        >
          {say(main)}
        </Button>
      )}
      {beside && (
        <Button variant="default" size="xs" aria-disabled={busy} onClick={() => run(beside)}>
          {say(beside)}
        </Button>
      )}
      {formBeside && (
        <Button variant="default" size="xs" aria-expanded={form === formBeside} onClick={() => onForm(formBeside)}>
          {names[formBeside]}
        </Button>
      )}
      {children}
    </div>
  );
}
