import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { Api } from "../../api/types";
import { Moment } from "../../Moment";
import { Facts } from "../parts/Facts";
import { Status } from "../parts/Status";
import { useDuration, useSize } from "./words";

const SECOND = 1_000;

/** How the parts of the service are. */
export function HealthPart({ health }: { health: Api<"Health"> }) {
  const { t, i18n } = useLingui();
  const size = useSize();
  const duration = useDuration();
  const { database, disk, queue } = health;
  const { busy, size: workers } = health.workers;
  const { due, dead } = health.webhooks;
  const [free, share] = [size(disk.free), i18n.number(disk.free / disk.total, { style: "percent" })];
  const time = duration(database.milliseconds ?? 0);
  return (
    <Facts
      facts={[
        [
          t`Database`,
          <Status key="database" tone={database.ok ? "good" : "bad"}>
            {database.ok ? t`Answers in ${time}` : t`Does not answer`}
            {database.size !== null && ` · ${size(database.size)}`}
          </Status>,
        ],
        [
          t`Disk`,
          <Status key="disk" tone={disk.low ? "bad" : "good"}>
            {disk.low
              ? t`Only ${free} (${share}) are free. Delete old imports or enlarge the disk.`
              : t`${free} (${share}) are free`}
          </Status>,
        ],
        [
          t`Workers`,
          <Trans key="workers">
            {busy} of {workers} are busy
          </Trans>,
        ],
        [
          t`Queue`,
          queue.waiting ? (
            <Status key="queue" tone="waiting">
              <Plural value={queue.waiting} one="# import waits" other="# imports wait" />
              {queue.oldest_date && (
                <>
                  {" · "}
                  <Moment at={queue.oldest_date} />
                </>
              )}
            </Status>
          ) : (
            t`Nothing waits`
          ),
        ],
        [
          t`Webhooks`,
          <Status key="webhooks" tone={dead ? "bad" : "good"}>
            <Plural value={due} one="# on its way" other="# on their way" />
            {dead > 0 && ` · ${t`${dead} given up`}`}
          </Status>,
        ],
        [t`Version`, health.version],
        [t`Runs since`, duration(health.uptime_seconds * SECOND)],
      ]}
    />
  );
}
