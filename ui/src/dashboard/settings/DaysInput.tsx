import { NumberInput, type NumberInputProps } from "@mantine/core";
import { MOST_DAYS } from "./periods";

type Props = Omit<NumberInputProps, "onChange"> & { onChange: (days: number | "") => void };

/** After how many days something is deleted; empty where nothing is said. */
export function DaysInput({ onChange, ...others }: Props) {
  return (
    <NumberInput
      min={1}
      max={MOST_DAYS}
      allowDecimal={false}
      {...others}
      onChange={(value) => onChange(value === "" ? "" : Number(value))}
    />
  );
}
