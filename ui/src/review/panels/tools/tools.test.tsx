import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Change } from "../../../api/types";
import { column, entry, grid, result, state } from "../../../test/fixtures";
import { renderInReview } from "../../../test/review";
import { CorrectedFile } from "./CorrectedFile";
import { FindReplace } from "./FindReplace";
import { History } from "./History";
import { InWords } from "./InWords";

const preview = (more: object = {}) => ({
  cells: 31,
  rows: 30,
  skipped: 0,
  samples: [],
  errors_before: 0,
  errors_after: 0,
  problem: null,
  ...more,
});
function fileInput(): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!found) throw new Error("There is no field for a file.");
  return found;
}
const asked = (bodies: unknown[]) => bodies.map((body) => (body as { change: Change }).change);

test("a replacement says what it would do before it does it", async () => {
  const sample = { row: 1, column: "name", before: "Straße 1", after: "Str. 1" };
  const { user, sent, changes } = renderInReview(<FindReplace />, {
    answers: {
      "/changes/preview": preview({ samples: [sample], skipped: 2, errors_before: 5, errors_after: 1 }),
      "/changes": result({ cells: 31 }),
    },
  });
  expect(screen.getByRole("button", { name: "Replace" })).toBeDisabled();
  await user.type(screen.getByRole("textbox", { name: "Find" }), "Straße");
  await user.type(screen.getByRole("textbox", { name: "Replace with" }), "Str.");
  const button = await screen.findByRole("button", { name: "Replace in 31 cells" });
  expect(screen.getByText(/in 30 rows would change/)).toHaveTextContent(
    "31 cells in 30 rows would change. 2 cells fit too, but may not be changed here.",
  );
  expect(screen.getByText("5 errors in these rows before, 1 error afterwards.")).toBeVisible();
  expect(screen.getByRole("row", { name: "Name Straße 1 Str. 1" })).toBeVisible();
  expect(asked(sent("/changes/preview")).at(-1)).toMatchObject({ find: "Straße", replace: "Str.", columns: null });
  expect(changes()).toEqual([]);
  await user.click(button);
  await waitFor(() => expect(changes()).toHaveLength(1));
  expect(changes()[0]).toEqual(asked(sent("/changes/preview")).at(-1));
  expect(screen.getByRole("textbox", { name: "Find" })).toHaveFocus();
});

test("one column, whole cells, case and only the rows that are shown are sent as they were chosen", async () => {
  const { user, view, sent } = renderInReview(<FindReplace />, { answers: { "/changes/preview": preview() } });
  view.show({ only: "errors", filters: [], sort: [] });
  view.snapshot.set("s1");
  view.total.set(214);
  await user.click(await screen.findByRole("radio", { name: "The 214 rows that are shown" }));
  await user.click(screen.getByRole("checkbox", { name: "Upper and lower case must agree" }));
  await user.click(screen.getByRole("checkbox", { name: "The whole cell must agree" }));
  await user.click(screen.getByRole("combobox", { name: "In" }));
  await user.click(await screen.findByRole("option", { name: "Plan" }));
  // Nothing is searched for: as a whole cell that is the empty ones.
  await waitFor(() =>
    expect(asked(sent("/changes/preview")).at(-1)).toMatchObject({
      find: "",
      columns: ["plan"],
      match_case: true,
      whole_cell: true,
      regex: false,
      view: { only: "errors", snapshot: "s1" },
    }),
  );
});

test("columns that may not be changed cannot be chosen", async () => {
  const { user } = renderInReview(<FindReplace />, {
    grid: grid({ columns: [column("name"), column("plan", { read_only: true })] }),
  });
  await user.click(screen.getByRole("combobox", { name: "In" }));
  await screen.findByRole("option", { name: "Name" });
  expect(screen.queryByRole("option", { name: "Plan" })).toBeNull();
});

test("a regular expression that is wrong is told at its field, and nothing can be replaced", async () => {
  const problem = "The bracket at 1 is not closed.";
  const { user } = renderInReview(<FindReplace />, {
    answers: { "/changes/preview": preview({ cells: 0, problem }) },
  });
  await user.click(screen.getByRole("checkbox", { name: "Regular expression" }));
  const field = screen.getByRole("textbox", { name: "Find (regular expression)" });
  await user.type(field, "(a");
  await waitFor(() => expect(field).toHaveAccessibleDescription(problem));
  expect(field).toBeInvalid();
  expect(screen.getByRole("button", { name: "Replace" })).toBeDisabled();
});

test("a corrected workbook is summed up before it is taken over", async () => {
  const uploaded = {
    upload: "u-1",
    matched_rows: 214,
    changed_cells: 12,
    added_rows: 1,
    missing_rows: 2,
    unknown_columns: ["Notes", "Seen by"],
  };
  const { user, changes, sent } = renderInReview(<CorrectedFile />, {
    answers: { "/corrections": uploaded, "/changes/preview": preview(), "/changes": result() },
  });
  const file = new File(["PK"], "corrected.xlsx");
  await user.upload(fileInput(), file);
  await screen.findByText("12 cells were changed");
  expect(sent("/corrections")).toEqual([file]);
  expect(screen.getByText("Not known here, and passed over: Notes and Seen by")).toBeVisible();
  const missing = screen.getByRole("checkbox", {
    name: "2 rows were deleted in the workbook: delete them here as well",
  });
  expect(missing).not.toBeChecked();
  await user.click(screen.getByRole("button", { name: "Take over the corrections" }));
  await waitFor(() => expect(changes()).toEqual([{ kind: "merge_file", upload: "u-1", delete_missing: false }]));
});

test("another file than a workbook of this review is refused in the server's words", async () => {
  const { user } = renderInReview(<CorrectedFile />, {
    answers: { "/corrections": { status: 400, body: { detail: "This is no workbook of this review." } } },
  });
  await user.upload(fileInput(), new File([""], "holiday.xlsx"));
  await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("This is no workbook of this review."));
});

test("the history says who did what, and what was taken back", async () => {
  const entries = [
    entry(4, { kind: "undo", mine: false }),
    entry(3, { kind: "replace", cells: 2, parameters: { find: "a", replace: "b" } }),
    entry(2, { kind: "fix", cells: 182, parameters: { column: "plan" }, undone: true }),
    entry(1, { kind: "something_new", cells: 1 }),
  ];
  renderInReview(<History />, { state: state({ undo: entry(3) }), answers: { "/history": entries } });
  const lines = (await screen.findAllByRole("listitem")).map(({ textContent }) => textContent);
  expect(lines[0]).toMatch(/^Took back a changeSomebody else · /);
  expect(lines[1]).toMatch(/^Replaced “a” with “b” in 2 cellsYou · /);
  expect(lines[2]).toMatch(/^Fixed 182 cells in “Plan”You · .* · taken back$/);
  expect(lines[3]).toMatch(/^Changed 1 cell/);
});

test("a request in words becomes an expression to look at", async () => {
  const written: string[] = [];
  const { user, sent } = renderInReview(
    <InWords prompts={["Write names in capitals"]} onWritten={(expression) => written.push(expression)} />,
    { answers: { "/transform/suggest": { expression: "({})", explanation: "It does nothing." } } },
  );
  await user.click(screen.getByRole("button", { name: "Write names in capitals" }));
  await screen.findByText("It does nothing.");
  expect(sent("/transform/suggest")).toEqual([{ request: "Write names in capitals" }]);
  expect(written).toEqual(["({})"]);
});
