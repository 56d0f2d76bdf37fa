import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import type { Api, ErrorGroup } from "../../../api/types";
import { changeOf, type FixOffer } from "./fixWords";
import { type CauseForm, useFormNames, type Ways } from "./ways";

interface Props {
  group: ErrorGroup;
  ways: Ways;
  say: (fix: FixOffer) => string;
  busy: boolean;
  onFix: (fix: Api<"Fix">) => Promise<boolean>;
  onForm: (form: CauseForm) => void;
}

/** The ways to mend a group that are used less. */
export function MoreWays({ group, ways: { rest, restForms }, say, busy, onFix, onForm }: Props) {
  const { t } = useLingui();
  const names = useFormNames();
  const { label } = group;
  if (rest.length + restForms.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t`More ways to mend “${label}”`}>
          <span aria-hidden>⋯</span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {rest.map((fix) => (
          <Menu.Item key={fix.id} onClick={() => !busy && void onFix(changeOf(group, fix))}>
            {say(fix)}
          </Menu.Item>
        ))}
        {restForms.map((name) => (
          <Menu.Item key={name} onClick={() => onForm(name)}>
            {names[name]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
