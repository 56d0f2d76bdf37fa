import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/errors";
import { ask } from "../api/client";
import { savedSchema, useSave } from "../api/queries";
import type { SavedSchema, Version } from "../api/types";
import { useStudio } from "../context";
import { put } from "../document/text";
import { textOf } from "../form/field";
import { copyName } from "../list/copyName";

/** Somebody saved since the version that the editor's text is based on. */
export interface Conflict {
  readonly current: Version;
  /** The number of the version that the text is based on; 0 when it is not known. */
  readonly basedOn: number;
}

const CONFLICT = 412;
const tagOf = ({ version }: Version): string => `"${String(version)}"`;
const numberOf = (tag: string | null): number => Number(/\d+/.exec(tag ?? "")?.[0] ?? 0);

/** Saving what the editor shows. A new schema gets a page of its own; what somebody else saved is never replaced unasked. */
export function useSaving() {
  const { id, document } = useStudio();
  const navigate = useNavigate();
  const { mutateAsync, isPending, error } = useSave();
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const saveOver = async (ifMatch: string | null) => {
    const { text, problem } = document.state.get();
    if (isPending || problem || !document.dirty) return;
    try {
      const saved = await mutateAsync({ id, text, ifMatch });
      setConflict(null);
      document.wasSaved(text, saved.tag);
      if (id !== null) return;
      document.forget();
      await navigate({ to: "/schemas/$schemaId", params: { schemaId: saved.id }, replace: true });
    } catch (refusal) {
      const current = currentOf(refusal);
      if (current) setConflict({ current, basedOn: numberOf(document.basedOn) });
    }
  };

  const take = useMutation({
    mutationFn: (schema: string) => savedSchema(schema),
    onSuccess: ({ text, tag }) => {
      document.replace(text, tag);
      setConflict(null);
    },
  });

  const copy = useMutation({
    mutationFn: async () => {
      const { text, value } = document.state.get();
      const taken = new Set((await ask<SavedSchema[]>("GET", "")).map(({ name }) => name));
      const named = put(text, ["name"], copyName(textOf(value.name), taken));
      return mutateAsync({ id: null, text: named, ifMatch: null });
    },
    onSuccess: async (saved) => {
      document.forget();
      await navigate({ to: "/schemas/$schemaId", params: { schemaId: saved.id }, ignoreBlocker: true });
    },
  });

  return {
    busy: isPending || take.isPending || copy.isPending,
    error: currentOf(error) ? null : error,
    conflict,
    save: () => saveOver(document.basedOn),
    overwrite: () => (conflict ? saveOver(tagOf(conflict.current)) : Promise.resolve()),
    takeTheirs: () => id !== null && take.mutate(id),
    saveCopy: () => copy.mutate(),
    /** What kept either way out of the conflict from being taken. */
    trouble: take.error ?? copy.error ?? (currentOf(error) ? null : error),
    goOn: () => setConflict(null),
  };
}

/** The version that is there, where the service refused to replace it. */
function currentOf(refusal: unknown): Version | null {
  if (!(refusal instanceof ApiError) || refusal.status !== CONFLICT) return null;
  return (refusal.body as { current?: Version } | null)?.current ?? null;
}
