import { Trans, useLingui } from "@lingui/react/macro";
import { PasswordInput, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { Form } from "../parts/Form";
import { safePath, welcome } from "./me";
import { OneThing } from "./OneThing";
import classes from "./OneThing.module.css";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { t } = useLingui();
  const setup = useQuery({
    queryKey: ["setup"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/account/setup/", { signal })),
  });
  if (setup.data?.needed)
    return (
      <OneThing title={t`headgate is not set up yet`}>
        <p>
          <Trans>
            Open the setup link: the server writes it into its log when it starts, and{" "}
            <code>headgate accounts setup-link</code> makes another one.
          </Trans>
        </p>
      </OneThing>
    );
  return (
    <OneThing title={t`Sign in`}>
      <SignInForm />
      <p className={classes.after}>
        <Trans>Forgot your password? An admin of your organization can give you a link to set a new one.</Trans>
      </p>
    </OneThing>
  );
}

function SignInForm() {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { next } = route.useSearch();
  const form = useForm<Api<"SignIn">>({ defaultValues: { email: "", password: "" } });
  const { errors } = form.formState;
  const sending = useSubmit(form, ["email", "password"], async (body) => {
    welcome(queries, await answer(api.POST("/api/v1/account/sign_in/", { body })));
    await navigate({ href: safePath(next), replace: true });
  });
  return (
    <Form sending={sending} submit={<Trans>Sign in</Trans>} button="full">
      <TextInput
        label={t`E-mail address`}
        type="email"
        autoComplete="username"
        dir="ltr"
        error={errors.email?.message}
        {...form.register("email", { required: t`Enter your e-mail address.` })}
      />
      <PasswordInput
        label={t`Password`}
        autoComplete="current-password"
        error={errors.password?.message}
        {...form.register("password", { required: t`Enter your password.` })}
      />
    </Form>
  );
}
