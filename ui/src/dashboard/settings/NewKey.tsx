import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { Scope } from "../account/me";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { Form } from "../parts/Form";
import { SecretOnce } from "../parts/SecretOnce";
import { endOfDay } from "./endOfDay";
import { keysQuery } from "./queries";
import { SCOPES, USUAL, useScopeName } from "./scopes";

interface Values {
  name: string;
  scopes: Scope[];
  /** A day as `YYYY-MM-DD`, or "". */
  expires_date: string;
}

/** Makes a key and shows it once. */
export function NewKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const [made, setMade] = useState<string | null>(null);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeOnClickOutside={made === null}
      title={made === null ? <Trans>New key</Trans> : <Trans>The key is made</Trans>}
      centered
      size="lg"
    >
      {made === null ? (
        <KeyForm onMade={setMade} />
      ) : (
        <>
          <SecretOnce name={t`API key`} value={made}>
            <Trans>Keep it where your program can read it, and nobody else.</Trans>
          </SecretOnce>
          <Group justify="flex-end">
            <Button onClick={onClose}>
              <Trans>I have kept it</Trans>
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}

function KeyForm({ onMade }: { onMade: (key: string) => void }) {
  const { t } = useLingui();
  const scopeName = useScopeName();
  const queries = useQueryClient();
  const form = useForm<Values>({ defaultValues: { name: "", scopes: [...USUAL], expires_date: "" } });
  const { errors } = form.formState;
  const sending = useSubmit(form, ["name", "scopes", "expires_date"], async (values) => {
    const { name, scopes, expires_date } = values;
    const body = { name, scopes, ...(expires_date && { expires_date: endOfDay(expires_date) }) };
    const { key } = await answer(api.POST("/api/v1/account/keys/", { body }));
    onMade(key);
    await queries.invalidateQueries({ queryKey: keysQuery.queryKey });
  });
  return (
    <Form sending={sending} unsaved={form.formState.isDirty} submit={<Trans>Make the key</Trans>} button="end">
      <TextInput
        label={t`Name`}
        description={t`Says later which program it belongs to.`}
        data-autofocus
        error={errors.name?.message}
        {...form.register("name", { required: t`Enter a name.` })}
      />
      <Controller
        control={form.control}
        name="scopes"
        rules={{ validate: (chosen) => chosen.length > 0 || t`Choose at least one.` }}
        render={({ field, fieldState }) => (
          <Checkbox.Group
            label={t`May`}
            error={fieldState.error?.message}
            value={field.value}
            onChange={(chosen) => field.onChange(chosen)}
          >
            <Stack gap={6} mt={6}>
              {SCOPES.map((scope) => (
                <Checkbox key={scope} value={scope} label={scopeName(scope)} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
      />
      <TextInput
        type="date"
        label={t`Last day`}
        description={t`Empty: it is valid until it is revoked.`}
        error={errors.expires_date?.message}
        {...form.register("expires_date")}
      />
    </Form>
  );
}
