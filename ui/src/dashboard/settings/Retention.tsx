import { Trans, useLingui } from "@lingui/react/macro";
import { SimpleGrid } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { useSubmit } from "../api/useSubmit";
import { useAnnounce } from "../parts/announce";
import { Form } from "../parts/Form";
import { DaysInput } from "./DaysInput";
import { type Period, PERIODS, usePeriodNames } from "./periods";
import { settingsQuery } from "./queries";

type Days = Record<Period, number | "">;

/** After how many days imports, their parts and logs are deleted. */
export function Retention({ settings }: { settings: Api<"SettingsView"> }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const names = usePeriodNames();
  const form = useForm<Days>({ defaultValues: filled((period) => settings[period] ?? "") });
  const sending = useSubmit(form, [...PERIODS], async (days) => {
    const body = filled((period) => (days[period] === "" ? null : days[period]));
    queries.setQueryData(settingsQuery.queryKey, await answer(api.PUT("/api/v1/dashboard/settings/", { body })));
    form.reset(days);
    announce(t`Saved.`);
  });
  return (
    <Form sending={sending} unsaved={form.formState.isDirty} look="part">
      <p>
        <Trans>
          After so many days they are deleted for good, counted from the end of an import. Empty: they are kept as long
          as the import, and an import until somebody deletes it.
        </Trans>
      </p>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {PERIODS.map((period) => (
          <Controller
            key={period}
            control={form.control}
            name={period}
            render={({ field, fieldState }) => (
              <DaysInput label={names[period]} error={fieldState.error?.message} {...field} />
            )}
          />
        ))}
      </SimpleGrid>
    </Form>
  );
}

function filled<Value>(value: (period: Period) => Value): Record<Period, Value> {
  return Object.fromEntries(PERIODS.map((period) => [period, value(period)])) as Record<Period, Value>;
}
