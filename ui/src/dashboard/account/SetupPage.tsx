import { Trans, useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { tokenOf } from "../../api/link";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { Answer } from "../parts/Answer";
import { ButtonLink } from "../parts/ButtonLink";
import { Form } from "../parts/Form";
import { welcome } from "./me";
import { OneThing } from "./OneThing";
import { NewPasswordField } from "./PasswordField";

/** The first start: whoever has the link from the server's log makes the first account. */
export function SetupPage() {
  const { t } = useLingui();
  const [token] = useState(() => tokenOf(window.location));
  const setup = useQuery({
    queryKey: ["setup"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/account/setup/", { signal })),
    // While the first account is being made it is no longer needed; the form must stay until it is done.
    staleTime: Infinity,
  });
  return (
    <OneThing title={t`Set headgate up`}>
      <Answer query={setup}>
        {({ needed }) => {
          if (!needed) return <Done />;
          if (!token) return <NoLink />;
          return <SetupForm token={token} />;
        }}
      </Answer>
    </OneThing>
  );
}

function Done() {
  return (
    <>
      <p>
        <Trans>This headgate is set up already.</Trans>
      </p>
      <ButtonLink to="/sign-in">
        <Trans>Sign in</Trans>
      </ButtonLink>
    </>
  );
}

function NoLink() {
  return (
    <p>
      <Trans>
        Open the whole setup link: the server writes it into its log when it starts, and{" "}
        <code>headgate accounts setup-link</code> makes another one.
      </Trans>
    </p>
  );
}

type Values = Required<Omit<Api<"SetUp">, "token" | "organization">> & { organization: string };

const NAMES: (keyof Values)[] = ["organization", "name", "email", "password"];

function SetupForm({ token }: { token: string }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm<Values>({ defaultValues: { organization: "", name: "", email: "", password: "" } });
  const { errors } = form.formState;
  const sending = useSubmit(form, NAMES, async ({ organization, ...values }) => {
    const body = { ...values, token, ...(organization.trim() && { organization }) };
    welcome(queries, await answer(api.POST("/api/v1/account/setup/", { body })));
    await navigate({ to: "/", replace: true });
  });
  return (
    <>
      <p>
        <Trans>You make the first account. It is an admin’s: you can invite others later.</Trans>
      </p>
      <Form sending={sending} submit={<Trans>Create the account</Trans>} button="full">
        <TextInput
          label={t`Your organization`}
          description={t`It may stay empty, and can be renamed later.`}
          autoComplete="organization"
          error={errors.organization?.message}
          {...form.register("organization")}
        />
        <TextInput
          label={t`Your name`}
          autoComplete="name"
          error={errors.name?.message}
          {...form.register("name", { required: t`Enter your name.` })}
        />
        <TextInput
          label={t`E-mail address`}
          type="email"
          autoComplete="username"
          dir="ltr"
          error={errors.email?.message}
          {...form.register("email", { required: t`Enter your e-mail address.` })}
        />
        <NewPasswordField form={form} name="password" label={t`Password`} />
      </Form>
    </>
  );
}
