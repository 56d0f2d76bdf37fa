import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ReviewEvent } from "../../state/events";
import { result, state } from "../../test/fixtures";
import { renderInReview } from "../../test/review";
import { Notices } from "./Notices";

const CONFLICT = { row: 4, column: "name", seen: "Ada", theirs: "Ada B." };

test("a cell that two people changed shows both texts, and theirs can be taken", async () => {
  const updated = { row: 4, number: 5, cells: ["Ada L.", "team"], marks: {}, messages: [] };
  const answers = [result({ conflicts: [CONFLICT], updated: [updated] }), result({ version: 2 })];
  const { user, session, changes } = renderInReview(<Notices />, {
    answers: { "/changes": () => answers.shift() ?? {} },
  });
  await act(() =>
    session.apply({ kind: "set_cells", cells: [{ row: 4, column: "name", text: "Ada L.", seen: "Ada" }] }),
  );
  const line = await screen.findByRole("listitem");
  expect(line).toHaveTextContent("Row 5, “Name”yours: Ada L.theirs: Ada B.");
  await user.click(screen.getByRole("button", { name: "Take theirs" }));
  await waitFor(() => expect(screen.queryByRole("listitem")).toBeNull());
  expect(changes().at(-1)).toEqual({ kind: "set_cells", cells: [{ row: 4, column: "name", text: "Ada B." }] });
});

test("changes of another person are said once, added up; one's own are not", async () => {
  const { session, user } = renderInReview(<Notices />);
  const tell = (event: ReviewEvent) => act(() => session.events.tell(event));
  tell({ event: "changed", version: 1, author: session.author, cells: 9, rows: 9 });
  expect(screen.queryByText(/Somebody else/)).toBeNull();
  tell({ event: "changed", version: 2, author: "another-one", cells: 1, rows: 1 });
  tell({ event: "changed", version: 3, author: "another-one", cells: 2, rows: 2 });
  expect(await screen.findByText(/has just changed 3 cells/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Close this note" }));
  expect(screen.queryByText(/Somebody else/)).toBeNull();
});

test("edits that lost their cell and a finish that was stopped are said", () => {
  const reasons = [{ code: "finish_cancelled", text: "Two managers are missing.", context: {} }];
  renderInReview(<Notices />, { state: state({ lost_edits: 2, reasons }) });
  expect(screen.getByText(/2 edits could not be kept/)).toBeVisible();
  expect(screen.getByText(/Two managers are missing./)).toHaveTextContent("It is not finished.");
});
