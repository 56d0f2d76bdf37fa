import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type { Api } from "../../api/types";
import { meQuery } from "../account/me";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { useAnnounce } from "../parts/announce";
import { Trouble } from "../parts/Trouble";

/** Makes another organization, with nothing in it; the menu above switches to it. */
export function NewOrganization() {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const form = useForm<Api<"OrganizationWrite">>({ defaultValues: { name: "" } });
  const { error, busy, onSubmit } = useSubmit(form, ["name"], async (body) => {
    await answer(api.POST("/api/v1/account/organizations/", { body }));
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
    close();
    form.reset();
    announce(t`The organization is there. The menu at the top switches to it.`);
  });
  return (
    <>
      <Button variant="default" onClick={open}>
        <Trans>New organization</Trans>
      </Button>
      <Modal opened={opened} onClose={close} title={<Trans>New organization</Trans>} centered>
        <form noValidate onSubmit={onSubmit}>
          <Stack gap="md">
            <TextInput
              label={t`Name`}
              data-autofocus
              error={form.formState.errors.name?.message}
              {...form.register("name", { required: t`Enter a name.` })}
            />
            <Trouble error={error} />
            <Group justify="flex-end">
              <Button type="submit" loading={busy}>
                <Trans>Create</Trans>
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
