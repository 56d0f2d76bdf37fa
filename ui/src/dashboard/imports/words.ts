import { useLingui } from "@lingui/react/macro";
import type { Tone } from "../parts/Status";
import type { ImportStatus } from "./filters";

export const TONES: Readonly<Record<ImportStatus, Tone>> = {
  AWAITING_UPLOAD: "quiet",
  PENDING: "waiting",
  RUNNING: "waiting",
  NEEDS_REVIEW: "waiting",
  SUCCESSFUL: "good",
  FAILED: "bad",
};

/** Where an import stands, in words. */
export function useStatusName(): (status: ImportStatus) => string {
  const { t } = useLingui();
  const names: Readonly<Record<ImportStatus, string>> = {
    AWAITING_UPLOAD: t`Waiting for its file`,
    PENDING: t`Waiting to start`,
    RUNNING: t`Running`,
    NEEDS_REVIEW: t`Needs review`,
    SUCCESSFUL: t`Successful`,
    FAILED: t`Failed`,
  };
  return (status) => names[status];
}

/** What a run is doing, in words. */
export function useStepName(): (step: string | undefined) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    read: t`Reading the file`,
    check: t`Checking the rows`,
    wait_for_room: t`Waiting for room on the disk`,
  };
  return (step) => (step === undefined ? undefined : names[step]) ?? t`Working on it`;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A time that something took, as short as it can be read. */
export function useDuration(): (milliseconds: number) => string {
  const { i18n } = useLingui();
  const unit = (value: number, name: string, digits = 0) =>
    i18n.number(value, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: digits });
  return (milliseconds) => {
    if (milliseconds < SECOND) return unit(milliseconds, "millisecond");
    if (milliseconds < MINUTE) return unit(milliseconds / SECOND, "second", milliseconds < 10 * SECOND ? 1 : 0);
    const [big, bigName, small, smallName] =
      milliseconds < HOUR
        ? ([MINUTE, "minute", SECOND, "second"] as const)
        : ([HOUR, "hour", MINUTE, "minute"] as const);
    const rest = Math.floor((milliseconds % big) / small);
    const whole = unit(Math.floor(milliseconds / big), bigName);
    return rest ? `${whole} ${unit(rest, smallName)}` : whole;
  };
}

const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A number of bytes, in the unit in which it has at most three digits. */
export function useSize(): (bytes: number) => string {
  const { i18n } = useLingui();
  return (bytes) => {
    const step = Math.min(SIZES.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
    const value = bytes / 1000 ** step;
    return i18n.number(value, {
      style: "unit",
      unit: SIZES[step],
      unitDisplay: "short",
      maximumFractionDigits: value < 10 && step ? 1 : 0,
    });
  };
}
