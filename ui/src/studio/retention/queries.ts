import { queryOptions } from "@tanstack/react-query";
import type { Api } from "../../api/types";
import { answer, api } from "../../dashboard/api/client";

export type SchemaRetention = Api<"SchemaRetentionView">;

const at = (schema_id: string) => ({ path: { schema_id } });

/** How long imports of a schema are kept, and what therefore holds. */
export const retentionQuery = (id: string) =>
  queryOptions({
    queryKey: ["schema-retention", id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/schemas/{schema_id}/retention/", { params: at(id), signal })),
  });

/** Raises ApiError 412 when somebody changed it since `basedOn`. */
export const changeRetention = (id: string, body: Api<"SchemaRetentionWrite">, basedOn: number) =>
  answer(
    api.PUT("/api/v1/schemas/{schema_id}/retention/", {
      params: { ...at(id), header: { "If-Match": `"${String(basedOn)}"` } },
      body,
    }),
  );
