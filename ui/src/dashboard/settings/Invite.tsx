import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Radio, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { Form } from "../parts/Form";
import { SecretOnce } from "../parts/SecretOnce";
import { invitationsQuery } from "./queries";
import { type Role, useRoleChoices } from "./roles";

type Made = Api<"InvitationWithLink">;

/** Invites somebody, and shows the link once: no mail is sent. */
export function Invite({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const [made, setMade] = useState<Made | null>(null);
  const email = made?.email;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeOnClickOutside={made === null}
      title={<Trans>Invite somebody</Trans>}
      centered
      size="lg"
    >
      {made ? (
        <>
          <SecretOnce name={t`Link`} value={made.url}>
            <Trans>
              Send the link to <bdi>{email}</bdi> yourself: whoever opens it joins. It works once.
            </Trans>
          </SecretOnce>
          <Group justify="flex-end">
            <Button onClick={onClose}>
              <Trans>Done</Trans>
            </Button>
          </Group>
        </>
      ) : (
        <InvitationForm onMade={setMade} />
      )}
    </Modal>
  );
}

function InvitationForm({ onMade }: { onMade: (made: Made) => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const form = useForm<{ email: string; role: Role }>({ defaultValues: { email: "", role: "member" } });
  const roles = useRoleChoices();
  const sending = useSubmit(form, ["email", "role"], async (body) => {
    onMade(await answer(api.POST("/api/v1/account/invitations/", { body })));
    await queries.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  });
  return (
    <Form sending={sending} unsaved={form.formState.isDirty} submit={<Trans>Make the link</Trans>} button="end">
      <TextInput
        label={t`E-mail address`}
        type="email"
        dir="ltr"
        data-autofocus
        error={form.formState.errors.email?.message}
        {...form.register("email", { required: t`Enter an e-mail address.` })}
      />
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => (
          <Radio.Group label={t`Role`} value={field.value} onChange={field.onChange}>
            <Group mt={6}>
              {roles.map(({ value, label }) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </Group>
          </Radio.Group>
        )}
      />
    </Form>
  );
}
