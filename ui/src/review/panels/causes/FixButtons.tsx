import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Loader, Menu } from "@mantine/core";
import type { ReactNode } from "react";
import type { Api, ErrorGroup, FieldInfo } from "../../../api/types";
import { useReview } from "../../../state/hooks";
import type { CauseForm } from "./CauseCard";
import classes from "./causes.module.css";
import { changeOf, type FixOffer, isRepeated, optionLabels, orderOffers, useFixWords } from "./fixWords";

interface Props {
  group: ErrorGroup;
  field: FieldInfo | null;
  busy: boolean;
  form: CauseForm | null;
  onFix: (fix: Api<"Fix">) => Promise<boolean>;
  onForm: (form: CauseForm) => void;
  children: ReactNode;
}

/** Offers that stand beside the main one; the others are in the menu. */
const BESIDE = 1;

/** The ways to mend a group: the recommended one, those that need something chosen, and the rest in a menu. */
export function FixButtons({ group, field, busy, form, onFix, onForm, children }: Props) {
  const { t } = useLingui();
  const { settings } = useReview();
  const words = useFixWords();
  const { label } = group;
  const labels = optionLabels(field?.select_options ?? null);
  const { main, others } = orderOffers(group);
  const allowed = others.filter(({ kind }) => settings.allow_removing_rows || !DELETES.has(kind));
  const beside = main ? [] : allowed.slice(0, BESIDE);
  const rest = allowed.filter((fix) => !beside.includes(fix));
  const forms = formsOf(group, field);
  const say = (fix: FixOffer) => words(fix, group, labels);
  const run = (fix: FixOffer) => {
    if (!busy) void onFix(changeOf(group, fix));
  };
  const formNames: Record<CauseForm, string> = {
    map: t`Choose…`,
    set: t`Set a value…`,
    compare: t`Compare`,
  };
  const firstForm = forms.slice(0, 1);
  const restForms = forms.slice(1);

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
      {beside.map((fix) => (
        <Button key={fix.id} variant="default" size="xs" aria-disabled={busy} onClick={() => run(fix)}>
          {say(fix)}
        </Button>
      ))}
      {firstForm.map((name) => (
        <Button key={name} variant="default" size="xs" aria-expanded={form === name} onClick={() => onForm(name)}>
          {formNames[name]}
        </Button>
      ))}
      {children}
      {rest.length + restForms.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" size="xs" aria-label={t`More ways to mend “${label}”`}>
              <Trans>More</Trans>
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((fix) => (
              <Menu.Item key={fix.id} onClick={() => run(fix)}>
                {say(fix)}
              </Menu.Item>
            ))}
            {restForms.map((name) => (
              <Menu.Item key={name} onClick={() => onForm(name)}>
                {formNames[name]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

const DELETES = new Set<FixOffer["kind"]>(["keep_first", "keep_last", "delete_rows"]);

/** What a person can choose or type for all cells of a group. */
function formsOf(group: ErrorGroup, field: FieldInfo | null): CauseForm[] {
  if (group.column === null || !field || field.read_only) return isRepeated(group) ? ["compare"] : [];
  if (isRepeated(group)) return ["compare"];
  const forms: CauseForm[] = [];
  // A text that is missing cannot be mapped; it can be set.
  if (field.select_options && group.values.some(({ text }) => text !== null)) forms.push("map");
  forms.push("set");
  return forms;
}
