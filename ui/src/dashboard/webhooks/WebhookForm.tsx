import { useLingui } from "@lingui/react/macro";
import { Button, Checkbox, MultiSelect, Stack, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Controller, useForm } from "react-hook-form";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import forms from "../parts/Forms.module.css";
import { Trouble } from "../parts/Trouble";
import { NAMES, type WebhookValues } from "./form";
import { EVENTS, useEventName } from "./words";

interface Props {
  values: WebhookValues;
  submit: ReactNode;
  /** Raises ApiError or NetworkError. */
  onSubmit: (values: WebhookValues) => Promise<unknown>;
}

/** What a webhook is set to: where it sends, and what it listens to. */
export function WebhookForm({ values, submit, onSubmit }: Props) {
  const { t } = useLingui();
  const eventName = useEventName();
  const schemas = useSchemaChoices();
  const form = useForm<WebhookValues>({ defaultValues: values });
  const { control, register, formState } = form;
  const { errors } = formState;
  const {
    error,
    busy,
    onSubmit: send,
  } = useSubmit(form, NAMES, async (sent) => {
    await onSubmit(sent);
    form.reset(sent);
  });
  return (
    <form className={forms.form} noValidate onSubmit={send}>
      <Stack gap="md">
        <TextInput
          label={t`URL`}
          description={t`Where events are sent: an address that begins with https:// or http://`}
          required
          type="url"
          dir="ltr"
          error={errors.url?.message}
          {...register("url", { required: t`Enter the URL of your receiver.` })}
        />
        <Textarea
          label={t`Note`}
          autosize
          minRows={1}
          maxRows={6}
          error={errors.description?.message}
          {...register("description")}
        />
        <Controller
          control={control}
          name="events"
          render={({ field, fieldState }) => (
            <Checkbox.Group
              label={t`Events`}
              description={t`All of them when none is chosen.`}
              error={fieldState.error?.message}
              value={field.value}
              onChange={field.onChange}
            >
              <Stack gap={6} mt={6}>
                {EVENTS.map((event) => (
                  <Checkbox key={event} value={event} label={eventName(event)} />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
        />
        <Controller
          control={control}
          name="schema_ids"
          render={({ field, fieldState }) => (
            <MultiSelect
              label={t`Only for these schemas`}
              description={t`Without schemas and import identifiers it hears of all imports.`}
              data={schemas}
              searchable
              error={fieldState.error?.message}
              {...field}
            />
          )}
        />
        <Controller
          control={control}
          name="import_identifiers"
          render={({ field, fieldState }) => (
            <TagsInput
              label={t`Only for these import identifiers`}
              description={t`Press Enter after each.`}
              error={fieldState.error?.message}
              {...field}
            />
          )}
        />
        <Checkbox
          label={t`Hears of imports in development mode, instead of all others`}
          {...register("development_mode")}
        />
        <Switch
          label={t`On`}
          description={t`While it is off, new events are not kept for it.`}
          {...register("enabled")}
        />
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

/** The saved schemas by name. */
function useSchemaChoices(): { value: string; label: string }[] {
  const { data } = useQuery({
    queryKey: ["schemas", "choices"],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/schemas/", { signal })),
  });
  return (data ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
