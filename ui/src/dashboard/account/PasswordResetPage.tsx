import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { tokenOf } from "../../api/link";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { Answer } from "../parts/Answer";
import { ButtonLink } from "../parts/ButtonLink";
import { Form } from "../parts/Form";
import { OneThing } from "./OneThing";
import { KnownUser, NewPasswordField } from "./PasswordField";

/** A new password, by a link that an admin made. */
export function PasswordResetPage() {
  const { t } = useLingui();
  const [token] = useState(() => tokenOf(window.location));
  const [done, setDone] = useState(false);
  const look = useQuery({
    queryKey: ["password-reset", token],
    queryFn: ({ signal }) => answer(api.POST("/api/v1/account/password_reset/look/", { body: { token }, signal })),
    staleTime: Infinity,
  });
  if (done)
    return (
      <OneThing title={t`Your password is set`}>
        <p>
          <Trans>All browsers in which you were signed in have been signed out.</Trans>
        </p>
        <ButtonLink to="/sign-in">
          <Trans>Sign in</Trans>
        </ButtonLink>
      </OneThing>
    );
  return (
    <OneThing title={t`Set a new password`}>
      <Answer query={look}>
        {({ email }) => <ResetForm token={token} email={email} onDone={() => setDone(true)} />}
      </Answer>
      {look.error && (
        <p>
          <Trans>Ask an admin of your organization for a new link.</Trans>
        </p>
      )}
    </OneThing>
  );
}

function ResetForm({ token, email, onDone }: { token: string; email: string; onDone: () => void }) {
  const { t } = useLingui();
  const form = useForm<Omit<Api<"PasswordReset">, "token">>({ defaultValues: { new_password: "" } });
  const sending = useSubmit(form, ["new_password"], async (values) => {
    await answer(api.POST("/api/v1/account/password_reset/", { body: { token, ...values } }));
    onDone();
  });
  return (
    <>
      <p>
        <Trans>
          For the account <bdi>{email}</bdi>.
        </Trans>
      </p>
      <Form sending={sending} submit={<Trans>Set the password</Trans>} button="full">
        <KnownUser email={email} />
        <NewPasswordField form={form} name="new_password" label={t`New password`} />
      </Form>
    </>
  );
}
