import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Menu } from "@mantine/core";
import { use, useState } from "react";
import { Empty } from "../../dashboard/parts/Empty";
import { useDocument, useStudio } from "../context";
import { insert, put } from "../document/text";
import fields from "../editor/Fields.module.css";
import { fieldsOf, listOf, objectOf, textOf } from "../form/field";
import { Help } from "../form/Help";
import { countBelow, ProblemsContext, written } from "../form/place";
import { type Key, keysOf } from "../form/shape";
import { HookForm } from "./HookForm";
import { type Hook, freshHook, hooksOf } from "./list";

/** The hooks of the schema as a list, and one of them with its editor. */
export function HooksTab() {
  const { t } = useLingui();
  const { description, document } = useStudio();
  const { value, problem } = useDocument();
  const problems = use(ProblemsContext);
  const [open, setOpen] = useState<string | null>(null);
  const hooks = hooksOf(value.hooks, description.hooks);
  const selected = hooks.find((hook) => written(hook.path) === open) ?? hooks[0];
  const add = (kind: Key) => {
    const path = ["hooks", kind.name];
    const fresh = freshHook(kind, fieldsOf(value));
    const count = listOf(objectOf(value.hooks)[kind.name]).length;
    if (kind.shape.kind === "text") document.put(path, fresh);
    else document.edit((text) => insert(text, path, count, fresh));
    setOpen(written(kind.shape.kind === "text" ? path : [...path, count]));
  };
  const remove = (hook: Hook) => {
    const alone = listOf(objectOf(value.hooks)[hook.kind.name]).length === 1;
    document.edit((text) => put(text, alone ? ["hooks", hook.kind.name] : hook.path, undefined));
    setOpen(null);
  };
  const taken = new Set(hooks.filter(({ kind }) => kind.shape.kind === "text").map(({ kind }) => kind.name));
  const menu = (
    <AddMenu
      kinds={keysOf(description.hooks).filter(({ name }) => !taken.has(name))}
      disabled={problem !== null}
      onAdd={add}
    />
  );
  if (!selected)
    return (
      <Empty title={<Trans>No hook yet</Trans>} action={menu}>
        <Trans>
          A hook is a JavaScript function that looks at rows while they are imported, and may change or refuse them.
        </Trans>
      </Empty>
    );
  return (
    <div className={fields.split}>
      <div className={fields.side}>
        <ul className={fields.list} aria-label={t`Hooks`}>
          {hooks.map((hook) => (
            <li key={written(hook.path)} className={fields.item}>
              <button
                type="button"
                className={fields.row}
                aria-current={hook === selected || undefined}
                onClick={() => setOpen(written(hook.path))}
              >
                <span className={fields.label}>
                  {hook.kind.label} {hook.number}
                </span>
                {countBelow(problems, hook.path) > 0 && (
                  <span className={fields.count}>
                    !<span className="hg-hidden">{t`has a problem`}</span>
                  </span>
                )}
                <span className={fields.type}>{about(hook)}</span>
              </button>
            </li>
          ))}
        </ul>
        {menu}
      </div>
      <div className={fields.wideForm}>
        <HookForm key={written(selected.path)} hook={selected} onRemove={() => remove(selected)} />
      </div>
    </div>
  );
}

/** What a hook is about, beside its kind: its field or step. */
const about = ({ keys, value }: Hook): string => keys.map(({ name }) => textOf(objectOf(value)[name])).join(" ");

function AddMenu({ kinds, disabled, onAdd }: { kinds: readonly Key[]; disabled: boolean; onAdd: (kind: Key) => void }) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="xs" disabled={disabled}>
          <Trans>Add a hook</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={fields.menu ?? ""}>
        {kinds.map((kind) => (
          <Menu.Item key={kind.name} onClick={() => onAdd(kind)}>
            {kind.label}
            <span className={fields.menuHelp}>
              <Help text={kind.help} />
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
