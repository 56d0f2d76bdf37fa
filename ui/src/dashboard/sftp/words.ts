import { useLingui } from "@lingui/react/macro";
import type { Tone } from "../parts/Status";
import type { Connector, Run } from "./queries";

export const TONES: Readonly<Record<Run["state"], Tone>> = {
  queued: "waiting",
  running: "waiting",
  succeeded: "good",
  failed: "bad",
};

/** How far a run is, in words. */
export function useRunState(): (state: Run["state"]) => string {
  const { t } = useLingui();
  const names = { queued: t`Waiting`, running: t`Running`, succeeded: t`Done`, failed: t`Failed` };
  return (state) => names[state];
}

/** When a connector runs, in words. */
export function useScheduleName(): (schedule: Connector["schedule"]) => string {
  const { t } = useLingui();
  return (schedule) => {
    if (schedule.type === "daily_at_time") {
      const time = schedule.time_utc;
      return t`Every day at ${time} UTC`;
    }
    const minutes = schedule.minutes;
    return t`Every ${minutes} minutes`;
  };
}

/** Why a run or a test did not succeed and what to do, in words (docs/errors.md, "SFTP"). */
export function useProblemName(): (problem: string) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    host_not_found: t`The host’s name has no address. Correct the host name.`,
    address_refused: t`The address is not on the public internet. An operator can allow it with sftp_private_hosts.`,
    not_connected: t`Nobody listens at that host and port. Correct them, or ask whether a firewall is in the way.`,
    timed_out: t`The server did not answer in time. It is tried again.`,
    connection_lost: t`The connection broke. It is tried again.`,
    not_ssh: t`What answers there is not an SSH server. Correct host and port.`,
    no_common_algorithm: t`The server offers only outdated encryption. Ask its operator to update it.`,
    host_key_changed: t`The server shows another host key than before. Nothing is fetched until it is accepted.`,
    sign_in_refused: t`The server refused the user with this password or key. Correct them.`,
    sftp_refused: t`The server offers this user no SFTP. Ask its operator to allow it.`,
    directory_not_found: t`There is no such directory on the server. Correct it, or create it there.`,
    permission_denied: t`The user may not read that directory. Ask the server’s operator to allow it.`,
    server_error: t`The server reported an error. It is tried again.`,
    too_many_files: t`The directory has more than 100,000 entries. Move away what has been imported.`,
    secret_unreadable: t`The password or key cannot be read any more. Enter it again.`,
    schema_not_found: t`The connector’s schema does not exist any more. Choose another one.`,
    schema_invalid: t`The connector’s schema cannot be used. Correct it.`,
    storage_full: t`The service has no room left for the file. It is tried again.`,
    internal_error: t`Something went wrong inside the service; its log says what. It is tried again.`,
  };
  return (problem) => names[problem] ?? problem;
}

/** Why an entry of the directory was left alone, in words. */
export function useReasonName(): (reason: string) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    not_a_file: t`a directory, a link or something else that is no file`,
    hidden: t`a hidden file`,
    unfinished_name: t`the name of a file that is not complete yet`,
    name_does_not_match: t`the name does not match`,
    bad_name: t`a name that no file can have`,
    known: t`known already`,
    still_changing: t`still being written`,
    vanished: t`gone before it was fetched`,
    not_readable: t`may not be read`,
    interrupted: t`the connection broke while it was fetched`,
    too_large: t`larger than the schema allows`,
  };
  return (reason) => names[reason] ?? reason;
}
