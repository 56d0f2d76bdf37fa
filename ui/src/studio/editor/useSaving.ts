import { useNavigate } from "@tanstack/react-router";
import { useSave } from "../api/queries";
import { useStudio } from "../context";

/** Saving what the editor shows. A new schema gets a page of its own. */
export function useSaving() {
  const { id, document } = useStudio();
  const navigate = useNavigate();
  const { mutateAsync, isPending, error } = useSave();
  const save = async () => {
    const { text, problem } = document.state.get();
    if (isPending || problem || !document.dirty) return;
    const saved = await mutateAsync({ id, text }).catch(() => null);
    if (saved === null) return;
    document.wasSaved(text);
    if (id === null) {
      document.forget();
      await navigate({ to: "/schemas/$schemaId", params: { schemaId: saved }, replace: true });
    }
  };
  return { save, busy: isPending, error };
}
