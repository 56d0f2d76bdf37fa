import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSession } from "../state/hooks";

/** Offers to remember what was corrected for the next file; shows nothing where there is nothing to remember. */
export function Remember() {
  const { client } = useSession();
  const { data } = useQuery({ queryKey: ["recipe"], queryFn: () => client.proposeRecipe(), retry: false });
  const save = useMutation({ mutationFn: () => client.saveRecipe(), networkMode: "always" });
  if (!data?.recipe) return null;
  if (save.data)
    return (
      <p role="status">
        {save.data.enabled ? (
          <Trans>Remembered: the next file with these columns will be corrected in the same way.</Trans>
        ) : (
          <Trans>Remembered, but such corrections are switched off at the moment.</Trans>
        )}
      </p>
    );
  const { columns, values, orders, replacements } = data.parts;
  const texts = values + replacements;
  const edits = data.left_out.other_edits;
  return (
    <section>
      <p>
        <Trans>The next file with the same columns can be corrected in the same way by itself.</Trans>
      </p>
      <p>
        <Trans>
          Columns: {columns}. Texts: {texts}. Date orders: {orders}.
        </Trans>{" "}
        {edits && <Trans>Single edits are not remembered.</Trans>}
      </p>
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        <Trans>Remember these corrections for the next file</Trans>
      </Button>
      <p role="alert">{save.error?.message}</p>
    </section>
  );
}
