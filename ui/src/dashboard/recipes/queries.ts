import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";

export const RECIPES = ["recipes"];

const at = (recipe_id: string) => ({ params: { path: { recipe_id } } });

export const recipesQuery = queryOptions({
  queryKey: [...RECIPES, "list"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/recipes/", { signal })),
});

export const recipeQuery = (id: string) =>
  queryOptions({
    queryKey: [...RECIPES, "one", id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/recipes/{recipe_id}/", { ...at(id), signal })),
  });

/** The recipe as people read and edit it. `version`: an earlier one, the newest without. */
export const tomlQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: [...RECIPES, "toml", id, version],
    queryFn: async ({ signal }) => {
      const wanted = { path: { recipe_id: id }, query: { format: "toml", version: String(version) } };
      const found = await api.GET("/api/v1/recipes/{recipe_id}/export/", {
        params: wanted,
        parseAs: "text",
        signal,
      });
      return typeof found.data === "string" ? found.data : "";
    },
    // A version never changes.
    staleTime: Infinity,
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...RECIPES, "versions", id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/recipes/{recipe_id}/versions/", { ...at(id), signal })),
  });

/** Raises ApiError 412 when there is a newer version than the one that the text is based on. */
export const changeRecipe = (id: string, toml: string, basedOn: number) =>
  answer(
    api.PUT("/api/v1/recipes/{recipe_id}/", {
      params: { path: { recipe_id: id }, header: { "If-Match": `"${String(basedOn)}"` } },
      body: { toml },
    }),
  );

export const switchRecipe = (id: string, enabled: boolean) =>
  answer(api.PATCH("/api/v1/recipes/{recipe_id}/", { ...at(id), body: { enabled } }));

export const deleteRecipe = (id: string) => answer(api.DELETE("/api/v1/recipes/{recipe_id}/", at(id)));

export const restoreRecipe = (id: string, version: number) =>
  answer(
    api.POST("/api/v1/recipes/{recipe_id}/versions/{version}/restore/", {
      params: { path: { recipe_id: id, version: String(version) } },
    }),
  );
