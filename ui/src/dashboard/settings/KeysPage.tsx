import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Moment } from "../../Moment";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { Answer } from "../parts/Answer";
import { useAnnounce } from "../parts/announce";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { DataTable } from "../parts/DataTable";
import { Empty } from "../parts/Empty";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Status } from "../parts/Status";
import { NewKey } from "./NewKey";
import { keysQuery } from "./queries";
import { useScopeName, withoutContained } from "./scopes";

type Key = Api<"KeyObject">;

/** The keys with which programs use the API. */
export function KeysPage() {
  const { t } = useLingui();
  const query = useQuery(keysQuery);
  const [opened, { open, close }] = useDisclosure();
  const [revoking, setRevoking] = useState<Key | null>(null);
  const create = (
    <Button onClick={open}>
      <Trans>New key</Trans>
    </Button>
  );
  return (
    <Page
      title={t`API keys`}
      lead={<Trans>With a key, a program uses the API. What a key may do is chosen when it is made.</Trans>}
      actions={query.data?.length ? create : null}
    >
      <Answer query={query}>
        {(keys) =>
          keys.length ? (
            <List keys={keys} onRevoke={setRevoking} />
          ) : (
            <Empty title={<Trans>There is no key yet</Trans>} action={create} />
          )
        }
      </Answer>
      <NewKey key={String(opened)} opened={opened} onClose={close} />
      <Revocation key={revoking?.id} of={revoking} onClose={() => setRevoking(null)} />
    </Page>
  );
}

function List({ keys, onRevoke }: { keys: readonly Key[]; onRevoke: (key: Key) => void }) {
  const { t } = useLingui();
  const revokeName = ({ name }: Key) => t`Revoke ${name}`;
  // Those that work come first.
  const rows = keys.toSorted((a, b) => Number(a.state !== "valid") - Number(b.state !== "valid"));
  return (
    <DataTable
      name={t`API keys`}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          name: t`Name`,
          cell: ({ name, shown_start }) => (
            <>
              <div className={forms.strong}>{name}</div>
              <bdi className={`${forms.mono} ${forms.soft}`}>{shown_start}…</bdi>
            </>
          ),
        },
        { name: t`May`, cell: (key) => <Scopes of={key} /> },
        { name: t`State`, cell: (key) => <State of={key} /> },
        { name: t`Last used`, cell: ({ last_used }) => (last_used ? <Moment at={last_used} /> : t`Never`) },
        {
          name: t`Action`,
          quiet: true,
          align: "end",
          cell: (key) =>
            key.state === "valid" && (
              <Button size="xs" variant="default" onClick={() => onRevoke(key)} aria-label={revokeName(key)}>
                <Trans>Revoke</Trans>
              </Button>
            ),
        },
      ]}
    />
  );
}

function Scopes({ of: { scopes } }: { of: Key }) {
  const { i18n } = useLingui();
  const scopeName = useScopeName();
  return new Intl.ListFormat(i18n.locale, { type: "unit" }).format(withoutContained(scopes).map(scopeName));
}

function State({ of: { state, expires_date } }: { of: Key }) {
  if (state === "revoked")
    return (
      <Status tone="quiet">
        <Trans>Revoked</Trans>
      </Status>
    );
  if (state === "expired")
    return (
      <Status tone="quiet">
        <Trans>Expired</Trans>
      </Status>
    );
  return (
    <>
      <Status tone="good">
        <Trans>Valid</Trans>
      </Status>
      {expires_date && (
        <div className={forms.soft}>
          <Trans>
            until <Moment at={expires_date} />
          </Trans>
        </div>
      )}
    </>
  );
}

function Revocation({ of, onClose }: { of: Key | null; onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const revoke = useMutation({
    mutationFn: (key_id: string) =>
      answer(api.DELETE("/api/v1/account/keys/{key_id}/", { params: { path: { key_id } } })),
    onSuccess: async () => {
      onClose();
      announce(t`The key was revoked.`);
      await queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });
  const name = of?.name ?? "";
  return (
    <ConfirmDialog
      opened={of !== null}
      onClose={onClose}
      title={<Trans>Revoke the key “{name}”?</Trans>}
      confirm={<Trans>Revoke</Trans>}
      onConfirm={() => of && revoke.mutate(of.id)}
      busy={revoke.isPending}
      error={revoke.error}
    >
      <Trans>Programs that use it are refused from now on. It cannot be made valid again.</Trans>
    </ConfirmDialog>
  );
}
