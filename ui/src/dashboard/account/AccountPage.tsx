import { Trans, useLingui } from "@lingui/react/macro";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { Moment } from "../../Moment";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { Answer } from "../parts/Answer";
import { useAnnounce } from "../parts/announce";
import { DataTable } from "../parts/DataTable";
import { Form } from "../parts/Form";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Trouble } from "../parts/Trouble";
import { meQuery, useMe } from "./me";
import { KnownUser, NewPasswordField } from "./PasswordField";

const SESSIONS = ["account", "sessions"];

/** What people set about themselves. */
export function AccountPage() {
  const { t } = useLingui();
  const { user } = useMe();
  return (
    <Page title={t`My account`} lead={<bdi>{user.email}</bdi>}>
      <Name />
      <section className={forms.section}>
        <h2>
          <Trans>Password</Trans>
        </h2>
        <p>
          <Trans>With a new one, all other browsers are signed out.</Trans>
        </p>
        <Password />
      </section>
      <section className={forms.section}>
        <h2>
          <Trans>Where you are signed in</Trans>
        </h2>
        <Sessions />
      </section>
    </Page>
  );
}

function Name() {
  const { t } = useLingui();
  const { user } = useMe();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const form = useForm<Api<"ProfileChange">>({ defaultValues: { name: user.name } });
  const sending = useSubmit(form, ["name"], async (body) => {
    queries.setQueryData(meQuery.queryKey, await answer(api.PATCH("/api/v1/account/me/", { body })));
    announce(t`Saved.`);
  });
  return (
    <Form sending={sending} unsaved={form.formState.isDirty} look="part">
      <TextInput
        label={t`Your name`}
        autoComplete="name"
        error={form.formState.errors.name?.message}
        {...form.register("name", { required: t`Enter your name.` })}
      />
    </Form>
  );
}

function Password() {
  const { t } = useLingui();
  const { user } = useMe();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const form = useForm<Api<"PasswordChange">>({ defaultValues: { current_password: "", new_password: "" } });
  const change = async (body: Api<"PasswordChange">) => {
    await answer(api.POST("/api/v1/account/password/", { body }));
    announce(t`Your password is set.`);
    await queries.invalidateQueries({ queryKey: SESSIONS });
  };
  const sending = useSubmit(form, ["current_password", "new_password"], change, { cleared: true });
  return (
    <Form sending={sending} unsaved={form.formState.isDirty} look="part" submit={<Trans>Set the password</Trans>}>
      <KnownUser email={user.email} />
      <PasswordInput
        label={t`Password now`}
        autoComplete="current-password"
        error={form.formState.errors.current_password?.message}
        {...form.register("current_password", { required: t`Enter your password.` })}
      />
      <NewPasswordField form={form} name="new_password" label={t`New password`} />
    </Form>
  );
}

function Sessions() {
  const { t } = useLingui();
  const query = useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => answer(api.GET("/api/v1/account/sessions/", { signal })),
  });
  return (
    <Answer query={query}>
      {(sessions) => (
        <DataTable
          name={t`Where you are signed in`}
          rows={sessions}
          keyOf={({ id }) => id}
          columns={[
            { name: t`Signed in`, cell: ({ created_date }) => <Moment at={created_date} /> },
            { name: t`Last used`, cell: ({ last_used }) => <Moment at={last_used} /> },
            { name: t`Ends`, cell: ({ expires_date }) => <Moment at={expires_date} /> },
            {
              name: t`Action`,
              quiet: true,
              align: "end",
              cell: ({ id, current }) => (current ? <Trans>This browser</Trans> : <EndSession id={id} />),
            },
          ]}
        />
      )}
    </Answer>
  );
}

function EndSession({ id }: { id: string }) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/v1/account/sessions/{session_id}/", { params: { path: { session_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: SESSIONS }),
  });
  return (
    <>
      <Button size="xs" variant="default" onClick={() => end.mutate()} loading={end.isPending}>
        <Trans>Sign out there</Trans>
      </Button>
      <Trouble error={end.error} />
    </>
  );
}
