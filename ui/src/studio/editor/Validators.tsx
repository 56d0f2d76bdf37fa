import { Trans, useLingui } from "@lingui/react/macro";
import { Button, CloseButton, Menu } from "@mantine/core";
import type { ValidatorDescription } from "../api/types";
import { useDocument, useStudio } from "../context";
import { insert, type Json, type JsonObject, put } from "../document/text";
import { fieldsOf, listOf, objectOf, textOf } from "../form/field";
import { Keys } from "../form/Group";
import { Help } from "../form/Help";
import { type Place, useProblemAt } from "../form/place";
import { type Key, keysOf } from "../form/shape";
import classes from "./Fields.module.css";

interface Props {
  field: JsonObject;
  position: number;
  /** The name of the field's type. */
  type: string;
}

/** The rules of a field. */
export function Validators({ field, position, type }: Props) {
  const { description, document } = useStudio();
  const rules = listOf(field.validators).map(objectOf);
  const path = ["fields", position, "validators"];
  const problem = useProblemAt(path);
  const add = (rule: ValidatorDescription) =>
    document.edit((text) => insert(text, path, rules.length, { validate: rule.name, ...missing(rule) }));
  const remove = (index: number) =>
    document.edit((text) => put(text, rules.length === 1 ? path : [...path, index], undefined));
  return (
    <section className={classes.section} aria-labelledby="rules-of-field">
      <h3 id="rules-of-field">
        <Trans>Rules</Trans>
      </h3>
      {rules.length === 0 && (
        <p className={classes.soft}>
          <Trans>None yet: every value of the type is valid, and the cell may be empty.</Trans>
        </p>
      )}
      {problem && <p className={classes.problem}>{problem}</p>}
      <ul className={classes.rules}>
        {rules.map((rule, index) => (
          <Rule key={index} rule={rule} field={position} index={index} onRemove={() => remove(index)} />
        ))}
      </ul>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" size="xs">
            <Trans>Add a rule</Trans>
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu ?? ""}>
          {description.validators
            .filter(({ types }) => types.includes(type) || !description.types.some(({ name }) => name === type))
            .map((rule) => (
              <Menu.Item key={rule.name} onClick={() => add(rule)}>
                {rule.label}
                <span className={classes.menuHelp}>
                  <Help text={rule.description} />
                </span>
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </section>
  );
}

/** What a new rule cannot be without, empty until somebody fills it in. */
function missing({ keys }: ValidatorDescription): JsonObject {
  const wanted = keysOf(keys).filter(({ name, required }) => required && name !== "validate");
  return Object.fromEntries(wanted.map(({ name, shape }): [string, Json] => [name, emptyOf(shape.kind)]));
}

const emptyOf = (kind: Key["shape"]["kind"]): Json =>
  kind === "texts" || kind === "entries" ? [] : kind === "text" ? "" : kind === "number" ? 0 : {};

interface RuleProps {
  rule: JsonObject;
  field: number;
  index: number;
  onRemove: () => void;
}

function Rule({ rule, field, index, onRemove }: RuleProps) {
  const { t } = useLingui();
  const { description, document } = useStudio();
  const { value } = useDocument();
  const path = ["fields", field, "validators", index];
  const place: Place = { path, put: (rest, next) => document.put([...path, ...rest], next) };
  const problems = [useProblemAt(path), useProblemAt([...path, "validate"])].filter((one) => one !== null);
  const name = textOf(rule.validate);
  const known = description.validators.find((one) => one.name === name);
  const label = known?.label ?? name;
  const keys = known ? inOrder(keysOf(known.keys)) : [];
  const others = fieldsOf(value)
    .filter((_, position) => position !== field)
    .map(({ key }) => textOf(key));
  return (
    <li className={classes.rule}>
      <div className={classes.ruleHead}>
        <h4>{label}</h4>
        <span className={classes.soft}>{known && <Help text={known.description} />}</span>
        <CloseButton aria-label={t`Remove the rule ${label}`} onClick={onRemove} />
      </div>
      {problems.length > 0 && <p className={classes.problem}>{problems.join(" ")}</p>}
      <Keys keys={keys} value={rule} place={place} suggestions={others} />
    </li>
  );
}

/** What is special to a rule comes first, what all rules have last. */
function inOrder(keys: readonly Key[]): Key[] {
  const common = new Set(["errorMessage", "level"]);
  return [
    ...keys.filter(({ name }) => name !== "validate" && !common.has(name)),
    ...keys.filter(({ name }) => common.has(name)),
  ];
}
