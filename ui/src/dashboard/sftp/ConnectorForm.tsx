import { useLingui } from "@lingui/react/macro";
import { Button, NumberInput, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { useSubmit } from "../api/useSubmit";
import forms from "../parts/Forms.module.css";
import { Trouble } from "../parts/Trouble";
import { bodyOf, type ConnectorBody, type ConnectorValues, DAY_MINUTES, LEAST_MINUTES, NAMES } from "./form";
import { schemaNamesQuery, serversQuery } from "./queries";

interface Props {
  values: ConnectorValues;
  submit: ReactNode;
  /** Raises ApiError or NetworkError. */
  onSubmit: (body: ConnectorBody) => Promise<unknown>;
}

/** Which directory is watched, what its files become, and when. */
export function ConnectorForm({ values, submit, onSubmit }: Props) {
  const { t } = useLingui();
  const { data: servers } = useQuery(serversQuery);
  const { data: schemas } = useQuery(schemaNamesQuery);
  const form = useForm<ConnectorValues>({ defaultValues: values });
  const { control, register, formState } = form;
  const { errors } = formState;
  const daily = useWatch({ control, name: "schedule" }) === "daily_at_time";
  const {
    error,
    busy,
    onSubmit: send,
  } = useSubmit(form, NAMES, async (sent) => {
    await onSubmit(bodyOf(sent));
    form.reset(sent);
  });
  return (
    <form className={forms.form} noValidate onSubmit={send}>
      <Stack gap="md">
        <Controller
          control={control}
          name="credentials"
          rules={{ required: t`Choose a server.` }}
          render={({ field, fieldState }) => (
            <Select
              label={t`Server`}
              required
              data={(servers?.results ?? []).map(({ id, user, hostname, port }) => ({
                value: id,
                label: `${user}@${hostname}:${String(port)}`,
              }))}
              error={fieldState.error?.message}
              {...field}
            />
          )}
        />
        <TextInput
          label={t`Directory`}
          description={t`Such as /outgoing. What does not begin with a slash is looked for in the user’s own directory.`}
          required
          dir="ltr"
          error={errors.directory?.message}
          {...register("directory", { required: t`Enter a directory of the server.` })}
        />
        <TextInput
          label={t`Only files whose names match`}
          description={t`A regular expression, such as ^orders-.*\\.csv$. Leave it empty for all files.`}
          dir="ltr"
          error={errors.file_regex?.message}
          {...register("file_regex")}
        />
        <Controller
          control={control}
          name="schema"
          rules={{ required: t`Choose a schema.` }}
          render={({ field, fieldState }) => (
            <Select
              label={t`Schema`}
              required
              searchable
              data={(schemas ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              error={fieldState.error?.message}
              {...field}
            />
          )}
        />
        <Controller
          control={control}
          name="schedule"
          render={({ field: { value, onChange }, fieldState }) => (
            <Radio.Group label={t`Looks for files`} value={value} onChange={onChange} error={fieldState.error?.message}>
              <Stack gap={6} mt={6}>
                <Radio value="every_n_minutes" label={t`again and again`} />
                <Radio value="daily_at_time" label={t`once a day`} />
              </Stack>
            </Radio.Group>
          )}
        />
        {daily ? (
          <TextInput label={t`Time of day (UTC)`} type="time" required {...register("time_utc")} />
        ) : (
          <Controller
            control={control}
            name="minutes"
            render={({ field }) => (
              <NumberInput
                label={t`Minutes between two looks`}
                min={LEAST_MINUTES}
                max={DAY_MINUTES}
                allowDecimal={false}
                {...field}
              />
            )}
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
