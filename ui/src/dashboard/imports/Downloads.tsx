import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { Trouble } from "../parts/Trouble";
import type { ImportDetail } from "./queries";

const FORMATS = { xlsx: "Excel", csv: "CSV", json: "JSON", ndjson: "NDJSON", parquet: "Parquet" } as const;

type Wanted = keyof typeof FORMATS | "source" | "errors" | "console";

/** The files of an import. Their URLs are made when they are wanted, because they are valid for a while only. */
export function Downloads({ detail: { id, downloads } }: { detail: ImportDetail }) {
  const { t } = useLingui();
  const download = useMutation({ mutationFn: async (wanted: Wanted) => save(await urlOf(id, wanted)) });
  const { source, result, errors, console } = downloads;
  if (!source && !result && !errors && !console) return null;
  const item = (wanted: Wanted, name: string) => (
    <Menu.Item key={wanted} onClick={() => download.mutate(wanted)}>
      {name}
    </Menu.Item>
  );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" loading={download.isPending}>
            <Trans>Download</Trans>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {result && (
            <>
              <Menu.Label>{t`Result`}</Menu.Label>
              {Object.entries(FORMATS).map(([format, name]) => item(format as Wanted, name))}
              <Menu.Divider />
            </>
          )}
          {source && item("source", t`Original file`)}
          {errors && item("errors", t`All errors`)}
          {console && item("console", t`Hook log`)}
        </Menu.Dropdown>
      </Menu>
      <Trouble error={download.error} />
    </>
  );
}

async function urlOf(id: string, wanted: Wanted): Promise<string> {
  const path = { import_id: id };
  switch (wanted) {
    case "source": {
      const params = { path: { upload_id: id } };
      return (await answer(api.GET("/api/v1/upload/{upload_id}/metadata/", { params }))).raw_upload.download_url ?? "";
    }
    case "errors":
      return (await answer(api.GET("/api/v1/headless/imports/{import_id}/errors/", { params: { path } })))
        .presigned_url;
    case "console":
      return (await answer(api.GET("/api/v1/headless/imports/{import_id}/console/", { params: { path } })))
        .presigned_url;
    default: {
      const params = { path, query: { format: wanted } };
      return (await answer(api.GET("/api/v1/headless/imports/{import_id}/url/", { params }))).presigned_url;
    }
  }
}

/** The answer says that it is to be saved, so the page stays. */
function save(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.click();
}
