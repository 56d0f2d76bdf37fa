import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Modal, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type { Api } from "../../api/types";
import { meQuery } from "../account/me";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { useAnnounce } from "../parts/announce";
import { Form } from "../parts/Form";

/** Makes another organization, with nothing in it; the menu above switches to it. */
export function NewOrganization() {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const form = useForm<Api<"OrganizationWrite">>({ defaultValues: { name: "" } });
  const create = async (body: Api<"OrganizationWrite">) => {
    await answer(api.POST("/api/v1/account/organizations/", { body }));
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
    close();
    announce(t`The organization is there. The menu at the top switches to it.`);
  };
  const sending = useSubmit(form, ["name"], create, { cleared: true });
  return (
    <>
      <Button variant="default" onClick={open}>
        <Trans>New organization</Trans>
      </Button>
      <Modal opened={opened} onClose={close} title={<Trans>New organization</Trans>} centered>
        <Form sending={sending} unsaved={form.formState.isDirty} submit={<Trans>Create</Trans>} button="end">
          <TextInput
            label={t`Name`}
            data-autofocus
            error={form.formState.errors.name?.message}
            {...form.register("name", { required: t`Enter a name.` })}
          />
        </Form>
      </Modal>
    </>
  );
}
