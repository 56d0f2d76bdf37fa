import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import type { Api } from "../../api/types";
import { useSession } from "../../state/hooks";
import { usePanels } from "./panels-state";

/** Has the server write a file, then lets the browser fetch it. */
export function useDownload() {
  const { t } = useLingui();
  const session = useSession();
  const { outcome } = usePanels();
  return useMutation({
    mutationFn: (wanted: Api<"ExportBody">) => session.client.export(wanted),
    networkMode: "always",
    onMutate: () => session.announce(t`The file is being written…`),
    onSuccess: ({ url }) => {
      session.announce(t`The file is ready; your browser saves it.`);
      const link = document.createElement("a");
      link.href = url;
      link.download = "";
      link.click();
    },
    onError: ({ message }) => {
      outcome.set({ text: message, failed: true, undoes: null });
      session.announce(message);
    },
  });
}
