import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAnnounce } from "../parts/announce";
import { Trouble } from "../parts/Trouble";
import { useUnsaved } from "../parts/unsaved";
import { has, type Memory, type Place, without, withTarget } from "./memory";
import { MEMORY, memoryQuery, replaceMemory } from "./queries";

interface Props {
  identifier: string;
  place: Place;
  target: string | null;
  onClose: () => void;
}

/** Corrects one match, or forgets it. */
export function ChangeMatch({ identifier, place, target, onClose }: Props) {
  const { t } = useLingui();
  const [wanted, setWanted] = useState(target ?? "");
  const wasIgnored = place.kind === "header" && target === null;
  const [ignored, setIgnored] = useState(wasIgnored);
  const text = place.kind === "header" ? place.header : place.value;
  const change = useChange(identifier, place, onClose);
  useUnsaved(wanted !== (target ?? "") || ignored !== wasIgnored);
  return (
    <Modal opened onClose={onClose} title={text} centered>
      <TextInput
        label={place.kind === "header" ? t`Field` : t`Option`}
        description={
          place.kind === "header" ? t`The key of the field in the schema.` : t`The value of the option in the schema.`
        }
        data-autofocus
        disabled={ignored}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {place.kind === "header" && (
        <Checkbox
          mt="sm"
          label={t`Ignore this column`}
          checked={ignored}
          onChange={(event) => setIgnored(event.target.checked)}
        />
      )}
      <Trouble error={change.error} />
      <Group justify="space-between" mt="md">
        <Button
          variant="default"
          disabled={change.isPending}
          onClick={() => change.mutate((memory) => without(memory, place))}
        >
          <Trans>Forget it</Trans>
        </Button>
        <Button
          disabled={!ignored && !wanted.trim()}
          loading={change.isPending}
          onClick={() => change.mutate((memory) => withTarget(memory, place, ignored ? null : wanted.trim()))}
        >
          <Trans>Save</Trans>
        </Button>
      </Group>
    </Modal>
  );
}

/** Makes a change to what is known now, which may be more than what the page shows: imports go on learning. */
function useChange(identifier: string, place: Place, onDone: () => void) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (edit: (memory: Memory) => Memory) => {
      const now = await queries.query({ ...memoryQuery(identifier), staleTime: 0 });
      return has(now, place) ? replaceMemory(identifier, edit(now)) : null;
    },
    onSuccess: async (found) => {
      onDone();
      announce(found ? t`Saved.` : t`It was forgotten meanwhile.`);
      if (found && !found.headers?.length && !found.values?.length) {
        await navigate({ to: "/memory", ignoreBlocker: true });
        await queries.invalidateQueries({ queryKey: MEMORY });
        return;
      }
      await queries.invalidateQueries({ queryKey: MEMORY });
    },
  });
}
