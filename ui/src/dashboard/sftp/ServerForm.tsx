import { useLingui } from "@lingui/react/macro";
import { Button, NumberInput, PasswordInput, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import type { Api } from "../../api/types";
import { useSubmit } from "../api/useSubmit";
import forms from "../parts/Forms.module.css";
import { Trouble } from "../parts/Trouble";
import type { Server } from "./queries";

type ServerValues = Required<Api<"SftpCredentialsWrite">>;

const NAMES: (keyof ServerValues)[] = ["hostname", "port", "user", "auth_type", "password", "private_key"];
const SSH_PORT = 22;
const HIGHEST_PORT = 65_535;

interface Props {
  /** What is set now; null for a new server. */
  server: Server | null;
  submit: ReactNode;
  /** Raises ApiError or NetworkError. */
  onSubmit: (values: ServerValues) => Promise<unknown>;
}

/** Where a server is and how to get in. What is secret is entered, and never shown. */
export function ServerForm({ server, submit, onSubmit }: Props) {
  const { t } = useLingui();
  const form = useForm<ServerValues>({
    defaultValues: {
      hostname: server?.hostname ?? "",
      port: server?.port ?? SSH_PORT,
      user: server?.user ?? "",
      auth_type: server?.auth_type ?? "PASSWORD",
      password: "",
      private_key: "",
    },
  });
  const { control, register, formState } = form;
  const { errors } = formState;
  const authType = useWatch({ control, name: "auth_type" });
  const {
    error,
    busy,
    onSubmit: send,
  } = useSubmit(form, NAMES, async (sent) => {
    await onSubmit(sent);
    form.reset({ ...sent, password: "", private_key: "" });
  });
  const kept = server?.auth_type === authType ? t`Leave it empty to keep the one that is set.` : undefined;
  return (
    <form className={forms.form} noValidate onSubmit={send} autoComplete="off">
      <Stack gap="md">
        <TextInput
          label={t`Host`}
          description={t`Name or address, such as sftp.example.com`}
          required
          dir="ltr"
          error={errors.hostname?.message}
          {...register("hostname", { required: t`Enter the server’s host name.` })}
        />
        <Controller
          control={control}
          name="port"
          render={({ field, fieldState }) => (
            <NumberInput
              label={t`Port`}
              min={1}
              max={HIGHEST_PORT}
              allowDecimal={false}
              hideControls
              error={fieldState.error?.message}
              {...field}
            />
          )}
        />
        <TextInput
          label={t`User`}
          required
          dir="ltr"
          autoComplete="off"
          error={errors.user?.message}
          {...register("user", { required: t`Enter the user’s name on the server.` })}
        />
        <Controller
          control={control}
          name="auth_type"
          render={({ field: { value, onChange } }) => (
            <Radio.Group label={t`Signs in with`} value={value} onChange={onChange}>
              <Stack gap={6} mt={6}>
                <Radio value="PASSWORD" label={t`a password`} />
                <Radio value="KEY" label={t`a private key`} />
              </Stack>
            </Radio.Group>
          )}
        />
        {authType === "PASSWORD" ? (
          <PasswordInput
            label={t`Password`}
            description={kept}
            autoComplete="new-password"
            error={errors.password?.message}
            {...register("password")}
          />
        ) : (
          <Textarea
            label={t`Private key`}
            description={kept ?? t`An OpenSSH key without a passphrase: the whole file, with its first and last line`}
            autosize
            minRows={3}
            maxRows={12}
            dir="ltr"
            spellCheck={false}
            error={errors.private_key?.message}
            {...register("private_key")}
          />
        )}
        <Trouble error={error} />
        <div>
          <Button type="submit" loading={busy}>
            {submit}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
