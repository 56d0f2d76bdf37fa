import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { STYLES } from "../../styleOverrides";
import type { ControlProps } from "./Control";
import { objectOf, textOf } from "./field";
import classes from "./Form.module.css";
import { Fold } from "./Fold";
import { type Place, useProblemAt } from "./place";

/** Colours, a radius and a font of the review page. What the page does not know stays in the schema as it is. */
export function StylesControl({ about: key, value, place }: ControlProps) {
  const problem = useProblemAt(place.path);
  return (
    <Fold title={key.label} help={key.help} used={Object.keys(objectOf(value)).length > 0} problem={problem}>
      <div className={classes.styles}>
        {STYLES.map(({ part, name, property }) => (
          <Style
            key={`${part}.${name}`}
            label={`${words(part)}: ${words(name).toLowerCase()}`}
            property={property}
            value={textOf(objectOf(objectOf(value)[part])[name])}
            onChange={(text) => putStyle(place, objectOf(value), part, name, text)}
          />
        ))}
      </div>
    </Fold>
  );
}

/** Takes an empty part away with its last style. */
function putStyle(place: Place, styles: ReturnType<typeof objectOf>, part: string, name: string, text: string): void {
  const others = Object.keys(objectOf(styles[part])).filter((one) => one !== name);
  if (text !== "") place.put([part, name], text);
  else if (others.length) place.put([part, name], undefined);
  else place.put(Object.keys(styles).every((one) => one === part) ? [] : [part], undefined);
}

/** `primaryColor` as "Primary color": the name that it has in the schema, with spaces. */
const words = (name: string): string => {
  const spaced = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

interface StyleProps {
  label: string;
  /** The CSS property that the text must be a value of. */
  property: string;
  value: string;
  onChange: (text: string) => void;
}

function Style({ label, property, value, onChange }: StyleProps) {
  const { t } = useLingui();
  const isColour = property.endsWith("color");
  const wrong = value !== "" && !CSS.supports(property, value);
  return (
    <TextInput
      label={label}
      error={wrong && t`Browsers do not understand this value.`}
      value={value}
      spellCheck={false}
      dir="ltr"
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSection={
        isColour && (
          <input
            type="color"
            className={classes.colour}
            data-unset={value === "" || undefined}
            aria-label={t`Pick: ${label}`}
            value={/^#[0-9a-f]{6}$/i.test(value) ? value : "#000000"}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        )
      }
    />
  );
}
