import { useLingui } from "@lingui/react/macro";
import { Checkbox, MultiSelect, Stack, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Controller, useForm } from "react-hook-form";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { Form } from "../parts/Form";
import { changedOf, NAMES, type WebhookValues } from "./form";
import { EVENTS, useEventName } from "./words";

interface Props {
  /** What is set now. What somebody else changes meanwhile shows wherever the person has not changed it too. */
  values: WebhookValues;
  submit: ReactNode;
  /** Whether there is nothing to send before something was changed. */
  saved?: boolean;
  /** Hears what differs from `values`, and all of it. Raises ApiError or NetworkError. */
  onSubmit: (changed: Partial<WebhookValues>, all: WebhookValues) => Promise<unknown>;
}

/** What a webhook is set to: where it sends, and what it listens to. */
export function WebhookForm({ values, submit, saved = false, onSubmit }: Props) {
  const { t } = useLingui();
  const eventName = useEventName();
  const schemas = useSchemaChoices();
  const form = useForm<WebhookValues>({
    defaultValues: values,
    values,
    resetOptions: { keepDirtyValues: true },
  });
  const { control, register, formState } = form;
  const { errors, isDirty } = formState;
  const sending = useSubmit(form, NAMES, (all) => onSubmit(changedOf(values, all), all));
  return (
    <Form sending={sending} unsaved={isDirty} submit={submit} disabled={saved && !isDirty}>
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
      <Controller
        control={control}
        name="development_mode"
        render={({ field: { value, ...field } }) => (
          <Checkbox label={t`Hears of imports in development mode, instead of all others`} checked={value} {...field} />
        )}
      />
      <Controller
        control={control}
        name="enabled"
        render={({ field: { value, ...field } }) => (
          <Switch
            label={t`On`}
            description={t`While it is off, new events are not kept for it.`}
            checked={value}
            {...field}
          />
        )}
      />
    </Form>
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
