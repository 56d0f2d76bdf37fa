import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu, Modal, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Moment } from "../../Moment";
import type { Api } from "../../api/types";
import { meQuery, useMe } from "../account/me";
import { answer, api } from "../api/client";
import { useAnnounce } from "../parts/announce";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { DataTable } from "../parts/DataTable";
import forms from "../parts/Forms.module.css";
import { SecretOnce } from "../parts/SecretOnce";
import { Trouble } from "../parts/Trouble";
import { membersQuery } from "./queries";
import { type Role, useRoleChoices } from "./roles";

type Member = Api<"Member">;

/** The people of the organization, with their roles. */
export function MemberList({ members }: { members: readonly Member[] }) {
  const { t } = useLingui();
  const me = useMe();
  const [removing, setRemoving] = useState<Member | null>(null);
  const link = useResetLink();
  return (
    <>
      <Trouble error={link.error} />
      <DataTable
        name={t`Members`}
        rows={members}
        keyOf={({ user }) => user.id}
        columns={[
          {
            name: t`Name`,
            cell: ({ user }) => (
              <>
                <div className={forms.strong}>
                  {user.name} {user.id === me.user.id && <span className={forms.soft}>{t`(you)`}</span>}
                </div>
                <bdi className={forms.soft}>{user.email}</bdi>
              </>
            ),
          },
          { name: t`Role`, cell: (member) => <RoleSelect member={member} /> },
          { name: t`Joined`, cell: ({ created_date }) => <Moment at={created_date} /> },
          { name: t`Last used`, cell: ({ last_used }) => (last_used ? <Moment at={last_used} /> : t`Never`) },
          {
            name: t`Action`,
            quiet: true,
            align: "end",
            cell: (member) => (
              <Actions member={member} onReset={() => link.mutate(member)} onRemove={() => setRemoving(member)} />
            ),
          },
        ]}
      />
      <Removal key={removing?.user.id} of={removing} onClose={() => setRemoving(null)} />
      <Modal
        opened={link.data !== undefined}
        onClose={link.reset}
        closeOnClickOutside={false}
        title={<Trans>Link to set a new password</Trans>}
        centered
        size="lg"
      >
        {link.data && (
          <SecretOnce name={t`Link`} value={link.data.url}>
            <Trans>Hand it over to the person only: whoever opens it sets their password. It works once.</Trans>
          </SecretOnce>
        )}
      </Modal>
    </>
  );
}

function useResetLink() {
  return useMutation({
    mutationFn: ({ user }: Member) =>
      answer(api.POST("/api/v1/account/members/{user_id}/password_reset/", { params: { path: { user_id: user.id } } })),
  });
}

interface ActionsProps {
  member: Member;
  onReset: () => void;
  onRemove: () => void;
}

function Actions({ member, onReset, onRemove }: ActionsProps) {
  const { t } = useLingui();
  const { name } = member.user;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t`More for ${name}`}>
          <span aria-hidden>⋯</span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onReset}>
          <Trans>Make a link to set a new password</Trans>
        </Menu.Item>
        <Menu.Item onClick={onRemove}>
          <Trans>Remove from the organization</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function RoleSelect({ member: { user, role } }: { member: Member }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { name } = user;
  const change = useMutation({
    mutationFn: (wanted: Role) =>
      answer(
        api.PATCH("/api/v1/account/members/{user_id}/", {
          params: { path: { user_id: user.id } },
          body: { role: wanted },
        }),
      ),
    onSuccess: async () => {
      announce(t`Saved.`);
      await queries.invalidateQueries({ queryKey: membersQuery.queryKey });
      await queries.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  return (
    <>
      <Select
        size="xs"
        w="8rem"
        aria-label={t`Role of ${name}`}
        data={useRoleChoices()}
        value={role}
        allowDeselect={false}
        disabled={change.isPending}
        onChange={(wanted) => wanted && wanted !== role && change.mutate(wanted)}
      />
      <Trouble error={change.error} />
    </>
  );
}

function Removal({ of, onClose }: { of: Member | null; onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const remove = useMutation({
    mutationFn: (user_id: string) =>
      answer(api.DELETE("/api/v1/account/members/{user_id}/", { params: { path: { user_id } } })),
    onSuccess: async () => {
      onClose();
      announce(t`Removed.`);
      await queries.invalidateQueries({ queryKey: membersQuery.queryKey });
      await queries.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  const name = of?.user.name ?? "";
  return (
    <ConfirmDialog
      opened={of !== null}
      onClose={onClose}
      title={<Trans>Remove {name}?</Trans>}
      confirm={<Trans>Remove</Trans>}
      onConfirm={() => of && remove.mutate(of.user.id)}
      busy={remove.isPending}
      error={remove.error}
    >
      <Trans>They are signed out of this organization at once. What they made stays.</Trans>
    </ConfirmDialog>
  );
}
