import { Trans, useLingui } from "@lingui/react/macro";
import { SimpleGrid } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Controller, useForm } from "react-hook-form";
import { useMay } from "../../dashboard/account/me";
import { useSubmit } from "../../dashboard/api/useSubmit";
import { Answer } from "../../dashboard/parts/Answer";
import { useAnnounce } from "../../dashboard/parts/announce";
import { Facts } from "../../dashboard/parts/Facts";
import { Form } from "../../dashboard/parts/Form";
import { DaysInput } from "../../dashboard/settings/DaysInput";
import { IMPORT_PERIODS, type ImportPeriod, usePeriodNames } from "../../dashboard/settings/periods";
import { useStudio } from "../context";
import { inForce, type InForce } from "./inForce";
import { changeRetention, retentionQuery, type SchemaRetention } from "./queries";
import classes from "./Retention.module.css";

type Days = Record<ImportPeriod, number | "">;

/** After how many days imports of the schema are deleted, where that is sooner than for all of the organization. */
export function RetentionTab() {
  const { id } = useStudio();
  return id === null ? null : <Retention id={id} />;
}

function Retention({ id }: { id: string }) {
  const isAdmin = useMay("admin");
  return (
    <section className={classes.page}>
      <p>
        <Trans>
          After so many days they are deleted for good, counted from the end of an import. Where your organization keeps
          them for a shorter time, that holds.
        </Trans>{" "}
        {isAdmin && (
          <Link to="/settings">
            <Trans>What holds for the organization</Trans>
          </Link>
        )}
      </p>
      <Answer query={useQuery(retentionQuery(id))}>
        {(retention) => (isAdmin ? <Edit id={id} retention={retention} /> : <Look retention={retention} />)}
      </Answer>
    </section>
  );
}

function Look({ retention }: { retention: SchemaRetention }) {
  const names = usePeriodNames();
  const say = useSentence();
  return <Facts facts={IMPORT_PERIODS.map((period) => [names[period], say(period, inForce(retention, period))])} />;
}

function Edit({ id, retention }: { id: string; retention: SchemaRetention }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const names = usePeriodNames();
  const say = useSentence();
  const form = useForm<Days>({ values: filled((period) => retention[period] ?? "") });
  const sending = useSubmit(form, [...IMPORT_PERIODS], async (days) => {
    const body = filled((period) => (days[period] === "" ? null : days[period]));
    queries.setQueryData(retentionQuery(id).queryKey, await changeRetention(id, body, retention.version));
    announce(t`Saved.`);
  });
  return (
    <Form sending={sending} unsaved={form.formState.isDirty} look="part">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {IMPORT_PERIODS.map((period) => (
          <Controller
            key={period}
            control={form.control}
            name={period}
            render={({ field, fieldState }) => (
              <DaysInput
                label={names[period]}
                description={say(period, inForce(retention, period))}
                inputWrapperOrder={["label", "input", "description", "error"]}
                error={fieldState.error?.message}
                {...field}
              />
            )}
          />
        ))}
      </SimpleGrid>
    </Form>
  );
}

/** What holds at the moment, and who says so. */
function useSentence(): (period: ImportPeriod, found: InForce) => string {
  const { t } = useLingui();
  return (period, { days, by }) => {
    if (by === "schema") return t`In force: ${days}, as set here.`;
    if (by === "organization") return t`In force: ${days}, as your organization says.`;
    return period === "retention_days"
      ? t`In force: kept until somebody deletes it.`
      : t`In force: kept as long as the import.`;
  };
}

function filled<Value>(value: (period: ImportPeriod) => Value): Record<ImportPeriod, Value> {
  return Object.fromEntries(IMPORT_PERIODS.map((period) => [period, value(period)])) as Record<ImportPeriod, Value>;
}
