import type { Api } from "../../api/types";
import type { Connector } from "./queries";

export type ConnectorBody = Api<"SftpConnectorWrite">;

/** What a connector's form holds: both kinds of schedule side by side. */
export interface ConnectorValues {
  credentials: string;
  schema: string;
  schedule: ConnectorBody["schedule"]["type"];
  minutes: number | string;
  time_utc: string;
  directory: string;
  file_regex: string;
}

export const LEAST_MINUTES = 5;
export const DAY_MINUTES = 1_440;
export const NAMES: (keyof ConnectorValues)[] = ["credentials", "schema", "schedule", "directory", "file_regex"];

const USUAL_MINUTES = 15;
const USUAL_TIME = "06:00";

export const NEW_CONNECTOR: ConnectorValues = {
  credentials: "",
  schema: "",
  schedule: "every_n_minutes",
  minutes: USUAL_MINUTES,
  time_utc: USUAL_TIME,
  directory: "",
  file_regex: "",
};

/** What is set now. */
export const valuesOf = ({ credentials, schema, schedule, directory, file_regex }: Connector): ConnectorValues => ({
  credentials,
  schema,
  schedule: schedule.type,
  minutes: schedule.type === "every_n_minutes" ? schedule.minutes : USUAL_MINUTES,
  time_utc: schedule.type === "daily_at_time" ? schedule.time_utc : USUAL_TIME,
  directory,
  file_regex: file_regex ?? "",
});

/** What the service is sent. */
export const bodyOf = ({ schedule, minutes, time_utc, file_regex, ...rest }: ConnectorValues): ConnectorBody => ({
  ...rest,
  enabled: true,
  file_regex: file_regex || null,
  schedule:
    schedule === "daily_at_time"
      ? { type: schedule, time_utc: time_utc.slice(0, "HH:MM".length) }
      : { type: schedule, minutes: Number(minutes) },
});
