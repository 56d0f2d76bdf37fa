import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { Memory } from "./memory";

export const MEMORY = ["memory"];

const path = (import_identifier: string) => ({ params: { path: { import_identifier } } });

export const identifiersQuery = queryOptions({
  queryKey: [...MEMORY, "list"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/memory/", { signal })),
});

export const memoryQuery = (identifier: string) =>
  queryOptions({
    queryKey: [...MEMORY, "one", identifier],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/memory/{import_identifier}/", { ...path(identifier), signal })),
  });

export const replaceMemory = (identifier: string, body: Memory) =>
  answer(api.PUT("/api/v1/memory/{import_identifier}/", { ...path(identifier), body }));

export const forgetMemory = (identifier: string) =>
  answer(api.DELETE("/api/v1/memory/{import_identifier}/", path(identifier)));
