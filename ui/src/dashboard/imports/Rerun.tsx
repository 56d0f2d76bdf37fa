import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Menu } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answer, api } from "../api/client";
import { useAnnounce } from "../parts/announce";
import { Trouble } from "../parts/Trouble";
import { type ImportDetail, LISTS } from "./queries";

/** Reads the same file again, as a new import. */
export function Rerun({ detail: { id, rerun } }: { detail: ImportDetail }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const run = useMutation({
    mutationFn: (schema: "frozen" | "current") =>
      answer(
        api.POST("/api/v1/dashboard/imports/{import_id}/rerun/", {
          params: { path: { import_id: id } },
          body: { schema },
        }),
      ),
    onSuccess: async ({ id: importId }) => {
      announce(t`This is the new import of the same file.`);
      void queries.invalidateQueries({ queryKey: LISTS });
      await navigate({ to: "/imports/$importId", params: { importId } });
    },
  });
  if (!rerun.frozen) return null;
  if (!rerun.current)
    return (
      <>
        <Button variant="default" onClick={() => run.mutate("frozen")} loading={run.isPending}>
          <Trans>Run again</Trans>
        </Button>
        <Trouble error={run.error} />
      </>
    );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" loading={run.isPending}>
            <Trans>Run again</Trans>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => run.mutate("current")}>
            <Trans>With the schema as it is now</Trans>
          </Menu.Item>
          <Menu.Item onClick={() => run.mutate("frozen")}>
            <Trans>With the schema as it was then</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Trouble error={run.error} />
    </>
  );
}
