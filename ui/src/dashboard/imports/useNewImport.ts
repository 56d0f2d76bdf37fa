import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { answer, api } from "../api/client";
import { useUnsaved } from "../parts/unsaved";
import { LISTS } from "./queries";
import { sendFile } from "./upload";

export interface SendingFile {
  name: string;
  size: number;
  /** How much of it was sent, 0–1. */
  share: number;
}

/** Creates an import of a file, sends the file, and goes to the import's page. */
export function useNewImport() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [sending, setSending] = useState<SendingFile | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stopper = useRef<AbortController>(null);
  useUnsaved(sending !== null, "stopped");
  // Who left meanwhile is not led to the page of an import that nobody waits for.
  useEffect(() => () => stopper.current?.abort(), []);

  async function run(schema_id: string, file: File, signal: AbortSignal) {
    const body = { schema_id, original_filename: file.name };
    const { id, upload } = await answer(api.POST("/api/v1/headless/imports/", { body, signal }));
    try {
      await sendFile(upload ?? "", file, (share) => setSending({ name: file.name, size: file.size, share }), signal);
    } catch (refusal) {
      // What nothing was uploaded to would stand in the list until it expires.
      await api
        .DELETE("/api/v1/headless/imports/{import_id}/", { params: { path: { import_id: id } } })
        .catch(() => null);
      throw refusal;
    }
    void queries.invalidateQueries({ queryKey: LISTS });
    if (signal.aborted) return;
    await navigate({ to: "/imports/$importId", params: { importId: id }, ignoreBlocker: true });
  }

  return {
    sending,
    error,
    send: (schema: string, file: File) => {
      const controller = new AbortController();
      stopper.current = controller;
      setError(null);
      setSending({ name: file.name, size: file.size, share: 0 });
      run(schema, file, controller.signal)
        .catch((refusal: unknown) => setError(controller.signal.aborted ? null : refusal))
        .finally(() => setSending(null));
    },
    stop: () => stopper.current?.abort(),
  };
}
