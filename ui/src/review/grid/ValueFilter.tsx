import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Checkbox, Group, ScrollArea, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayPass } from "../../state/queue";
import type { GridController } from "./controller";

const SHOWN = 50;

interface Props {
  id: string;
  grid: GridController;
  values: readonly (string | null)[];
  setValues: (values: readonly (string | null)[]) => void;
}

/** The different texts of a column with how often they occur, to be ticked. */
export function ValueFilter({ id, grid, values, setValues }: Props) {
  const { t } = useLingui();
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search, 200);
  const { client } = grid.session;
  const { data, error } = useQuery({
    queryKey: ["view", "distinct", id, wanted, grid.revision],
    queryFn: ({ signal }) => client.distinct({ column: id, search: wanted || null, limit: SHOWN }, signal),
    placeholderData: (before) => before,
  });
  const toggle = (text: string | null, on: boolean) =>
    setValues(on ? [...values, text] : values.filter((one) => one !== text));
  const listed = data?.values ?? [];
  // What is ticked stays in sight, whatever is searched for.
  const others = values
    .filter((text) => !listed.some((one) => one.text === text))
    .map((text) => ({ text, count: null }));
  const more = data ? data.total - data.values.length : 0;
  return (
    <Stack gap={4}>
      <TextInput
        size="xs"
        label={t`Is one of`}
        placeholder={t`Search the values`}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        // Enter here must not apply the filter with nothing ticked.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      <ScrollArea.Autosize mah={180} type="auto">
        <Stack gap={4} py={4}>
          {[...others, ...listed].map(({ text, count }) => (
            <Group key={text ?? "\u0000"} gap="xs" wrap="nowrap" justify="space-between">
              <Checkbox
                size="sm"
                label={text ?? t`(empty)`}
                checked={values.includes(text)}
                onChange={(event) => toggle(text, event.currentTarget.checked)}
              />
              {count !== null && (
                <Text size="xs" c="dimmed">
                  {count}
                </Text>
              )}
            </Group>
          ))}
        </Stack>
      </ScrollArea.Autosize>
      {error && !mayPass(error) && (
        <Text size="xs" c="var(--hg-error)" role="alert">
          <Trans>The values cannot be shown now.</Trans>
        </Text>
      )}
      {more > 0 && (
        <Text size="xs" c="dimmed">
          <Plural value={more} one="# more value: search for it" other="# more values: search for them" />
        </Text>
      )}
    </Stack>
  );
}
