import { Trans, useLingui } from "@lingui/react/macro";
import { PasswordInput, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { tokenOf } from "../../api/link";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { Answer } from "../parts/Answer";
import { Form } from "../parts/Form";
import { welcome } from "./me";
import { OneThing } from "./OneThing";
import { KnownUser, NewPasswordField } from "./PasswordField";

/** Somebody was invited: says by whom and as what, and lets them in. */
export function InvitationPage() {
  const { t } = useLingui();
  const [token] = useState(() => tokenOf(window.location));
  const look = useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => answer(api.POST("/api/v1/account/invitations/look/", { body: { token }, signal })),
    staleTime: Infinity,
  });
  const organization = look.data?.organization;
  return (
    <OneThing title={organization ? t`Join ${organization}` : t`Invitation`}>
      <Answer query={look}>{(invitation) => <Acceptance token={token} invitation={invitation} />}</Answer>
      {look.error && (
        <p>
          <Trans>Ask the person who invited you for a new link.</Trans>
        </p>
      )}
    </OneThing>
  );
}

interface Values {
  name: string;
  password: string;
}

function Acceptance({ token, invitation }: { token: string; invitation: Api<"InvitationLook"> }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { email, has_account } = invitation;
  const form = useForm<Values>({ defaultValues: { name: "", password: "" } });
  const { errors } = form.formState;
  const sending = useSubmit(form, ["name", "password"], async ({ name, password }) => {
    const body = { token, password, ...(has_account ? {} : { name }) };
    welcome(queries, await answer(api.POST("/api/v1/account/invitations/accept/", { body })));
    await navigate({ to: "/", replace: true });
  });
  return (
    <>
      <p>
        {has_account ? (
          <Trans>
            You have an account as <bdi>{email}</bdi>. Sign in with its password to join.
          </Trans>
        ) : (
          <Trans>
            Your account will be <bdi>{email}</bdi>.
          </Trans>
        )}
      </p>
      <Form sending={sending} submit={<Trans>Join</Trans>} button="full">
        <KnownUser email={email} />
        {has_account ? (
          <PasswordInput
            label={t`Password`}
            autoComplete="current-password"
            error={errors.password?.message}
            {...form.register("password", { required: t`Enter your password.` })}
          />
        ) : (
          <>
            <TextInput
              label={t`Your name`}
              autoComplete="name"
              error={errors.name?.message}
              {...form.register("name", { required: t`Enter your name.` })}
            />
            <NewPasswordField form={form} name="password" label={t`Password`} />
          </>
        )}
      </Form>
    </>
  );
}
