import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Moment } from "../../Moment";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { Answer } from "../parts/Answer";
import { DataTable } from "../parts/DataTable";
import forms from "../parts/Forms.module.css";
import { Trouble } from "../parts/Trouble";
import { invitationsQuery } from "./queries";
import { useRoleName } from "./roles";

/** Invitations that were neither accepted nor revoked. */
export function Invitations() {
  const { t } = useLingui();
  const roleName = useRoleName();
  return (
    <Answer query={useQuery(invitationsQuery)}>
      {(invitations) =>
        invitations.length ? (
          <DataTable
            name={t`Open invitations`}
            rows={invitations}
            keyOf={({ id }) => id}
            columns={[
              { name: t`E-mail address`, cell: ({ email }) => <bdi className={forms.strong}>{email}</bdi> },
              { name: t`Role`, cell: ({ role }) => roleName(role) },
              {
                name: t`Valid until`,
                cell: ({ expired, expires_date }) => (expired ? t`Expired` : <Moment at={expires_date} />),
              },
              {
                name: t`Action`,
                quiet: true,
                align: "end",
                cell: (invitation) => <RevokeInvitation of={invitation} />,
              },
            ]}
          />
        ) : (
          <p className={forms.soft}>
            <Trans>Nobody is invited at the moment.</Trans>
          </p>
        )
      }
    </Answer>
  );
}

function RevokeInvitation({ of: { id, email } }: { of: Api<"Invitation"> }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/v1/account/invitations/{invitation_id}/", { params: { path: { invitation_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() => revoke.mutate()}
        loading={revoke.isPending}
        aria-label={t`Revoke the invitation of ${email}`}
      >
        <Trans>Revoke</Trans>
      </Button>
      <Trouble error={revoke.error} />
    </>
  );
}
