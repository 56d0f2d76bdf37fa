import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, FileButton, Group, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Api } from "../../api/types";
import { useAnnounce } from "../parts/announce";
import { Trouble } from "../parts/Trouble";
import { useUnsaved } from "../parts/unsaved";
import { NotAnExportError, readExport } from "./memory";
import { MEMORY, replaceMemory } from "./queries";

type Read = ReturnType<typeof readExport>;

/** Takes in a file that was exported, here or elsewhere; asks before something is replaced. */
export function ImportMemory({ known }: { known: readonly Api<"MemorySummary">[] }) {
  const { t } = useLingui();
  const announce = useAnnounce();
  const [read, setRead] = useState<Read | null>(null);
  const choose = async (file: File | null) => {
    if (!file) return;
    try {
      setRead(readExport(await file.text()));
    } catch (error) {
      if (!(error instanceof NotAnExportError)) throw error;
      announce(t`This file is no export of learned matches. Expected JSON with “headers” and “values”.`);
    }
  };
  return (
    <>
      <FileButton accept=".json,application/json" onChange={(file) => void choose(file)}>
        {(props) => (
          <Button {...props} variant="default">
            <Trans>Import a file</Trans>
          </Button>
        )}
      </FileButton>
      {read && <Dialog read={read} known={known} onClose={() => setRead(null)} />}
    </>
  );
}

interface DialogProps {
  read: Read;
  known: readonly Api<"MemorySummary">[];
  onClose: () => void;
}

function Dialog({ read, known, onClose }: DialogProps) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [identifier, setIdentifier] = useState(read.identifier ?? "");
  const there = known.find((one) => one.import_identifier === identifier)?.matches ?? 0;
  const replace = useMutation({
    mutationFn: () => replaceMemory(identifier, read.memory),
    onSuccess: async () => {
      onClose();
      announce(t`The matches were taken over.`);
      await queries.invalidateQueries({ queryKey: MEMORY });
    },
  });
  useUnsaved(true);
  return (
    <Modal opened onClose={onClose} title={<Trans>Import learned matches</Trans>} centered>
      <p>
        <Plural value={read.matches} one="The file has # match." other="The file has # matches." />
      </p>
      <TextInput
        label={t`Import identifier`}
        value={identifier}
        onChange={(event) => setIdentifier(event.target.value)}
      />
      {there > 0 && (
        <p>
          <Plural
            value={there}
            one="The match that is known for it is replaced."
            other="The # matches that are known for it are replaced."
          />
        </p>
      )}
      <Trouble error={replace.error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button disabled={!identifier.trim()} onClick={() => replace.mutate()} loading={replace.isPending}>
          {there > 0 ? <Trans>Replace</Trans> : <Trans>Import</Trans>}
        </Button>
      </Group>
    </Modal>
  );
}
