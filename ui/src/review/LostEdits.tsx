import { Plural } from "@lingui/react/macro";
import { Alert } from "@mantine/core";

/** Edits whose cells are gone since an earlier step was changed: said, not hidden. */
export function LostEdits({ count }: { count: number }) {
  return (
    <Alert color="yellow" mb="md" role="status">
      <LostEditsText count={count} />
    </Alert>
  );
}

export function LostEditsText({ count }: { count: number }) {
  return (
    <Plural
      value={count}
      one="# edit could not be kept, because its cell is not part of the table any more. It comes back when the cell does."
      other="# edits could not be kept, because their cells are not part of the table any more. They come back when the cells do."
    />
  );
}
