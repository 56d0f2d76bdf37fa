import { Trans, useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type { Api } from "../../api/types";
import { meQuery, useMe } from "../account/me";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { Answer } from "../parts/Answer";
import { useAnnounce } from "../parts/announce";
import { Form } from "../parts/Form";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Configuration } from "./Configuration";
import { DeleteOrganization } from "./DeleteOrganization";
import { NewOrganization } from "./NewOrganization";
import { settingsQuery } from "./queries";
import { Retention } from "./Retention";

/** What the organization decides for itself, and what the operator decided for all. */
export function SettingsPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Settings`}>
      <OrganizationName />
      <Answer query={useQuery(settingsQuery)}>
        {(settings) => (
          <>
            <section className={forms.section}>
              <h2>
                <Trans>How long imports are kept</Trans>
              </h2>
              <Retention settings={settings} />
            </section>
            <section className={forms.section}>
              <h2>
                <Trans>Configuration of the service</Trans>
              </h2>
              <p>
                <Trans>
                  The operator sets it for all organizations when the service is started. Secrets are not shown.
                </Trans>
              </p>
              <Configuration entries={settings.configuration} />
            </section>
          </>
        )}
      </Answer>
      <section className={forms.section}>
        <h2>
          <Trans>Organizations</Trans>
        </h2>
        <div className={forms.bar}>
          <NewOrganization />
          <DeleteOrganization />
        </div>
      </section>
    </Page>
  );
}

function OrganizationName() {
  const { t } = useLingui();
  const { organization } = useMe();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const form = useForm<Api<"OrganizationWrite">>({ defaultValues: { name: organization.name } });
  const sending = useSubmit(form, ["name"], async (body) => {
    await answer(api.PATCH("/api/v1/account/organization/", { body }));
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
    announce(t`Saved.`);
  });
  return (
    <Form sending={sending} unsaved={form.formState.isDirty} look="part">
      <TextInput
        label={t`Name of the organization`}
        error={form.formState.errors.name?.message}
        {...form.register("name", { required: t`Enter a name.` })}
      />
    </Form>
  );
}
