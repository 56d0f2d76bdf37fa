import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { type Loss, type Unsaved, UnsavedContext } from "./unsaved";

interface Question {
  loss: Loss;
  answer: (leave: boolean) => void;
}

/** Knows what is unsaved on the page, and asks once before it is left. */
export function UnsavedGuard({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const [unsaved] = useState(() => watch(setQuestion));
  useBlocker({
    shouldBlockFn: async ({ current, next }) => current.pathname !== next.pathname && !(await unsaved.mayLeave()),
    enableBeforeUnload: () => unsaved.loss() !== null,
  });
  return (
    <UnsavedContext value={unsaved}>
      {children}
      <LeaveDialog question={question} />
    </UnsavedContext>
  );
}

function watch(ask: (question: Question | null) => void): Unsaved & { loss: () => Loss | null } {
  const places = new Set<Parameters<Unsaved["tell"]>[0]>();
  const loss = () => [...places].find(({ unsaved }) => unsaved())?.loss ?? null;
  return {
    loss,
    tell: (place) => {
      places.add(place);
      return () => places.delete(place);
    },
    mayLeave: () => {
      const found = loss();
      if (found === null) return Promise.resolve(true);
      return new Promise((resolve) => {
        ask({
          loss: found,
          answer: (leave) => {
            ask(null);
            resolve(leave);
          },
        });
      });
    },
  };
}

function LeaveDialog({ question }: { question: Question | null }) {
  const { t } = useLingui();
  const stay = () => question?.answer(false);
  const texts: Record<Loss, ReactNode> = {
    lost: <Trans>What you changed on this page is not saved.</Trans>,
    kept: (
      <Trans>
        Your changes are not saved. They stay in this browser tab: when you come back here they are still there.
      </Trans>
    ),
    stopped: <Trans>The file is still being sent. Leaving stops it.</Trans>,
  };
  return (
    <Modal
      opened={question !== null}
      onClose={stay}
      title={question?.loss === "stopped" ? t`Leave this page?` : t`Leave without saving?`}
      closeButtonProps={{ "aria-label": t`Close` }}
      // Over the dialog whose form it asks about.
      zIndex={250}
      centered
    >
      <p>{question && texts[question.loss]}</p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => question?.answer(true)}>
          <Trans>Leave</Trans>
        </Button>
        <Button onClick={stay} data-autofocus>
          <Trans>Stay here</Trans>
        </Button>
      </Group>
    </Modal>
  );
}
