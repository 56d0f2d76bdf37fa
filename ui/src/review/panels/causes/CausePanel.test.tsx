import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { CLEAN, entry, fix, grid, group, result, state, summary } from "../../../test/fixtures";
import { renderInReview } from "../../../test/review";
import { OutcomeStrip } from "../OutcomeStrip";
import { CausePanel } from "./CausePanel";

const DATES = group({
  id: "since:order",
  column: "since",
  label: "Customer since",
  text: "Dates are written day first.",
  evidence: [{ code: "proof", text: "1,031 cells prove it, none speak against it." }],
  cells: 182,
  fixes: [
    fix("month_day", { cells: 182 }),
    fix("day_month", {
      cells: 182,
      recommended: true,
      samples: [{ row: 4, column: "since", before: "03.04.24", after: "2024-04-03" }],
    }),
  ],
});
const both = (
  <>
    <CausePanel />
    <OutcomeStrip />
  </>
);

test("a cause says what is wrong, what proves it, and what the recommended fix would make of it", () => {
  renderInReview(<CausePanel />, { grid: grid({ groups: [DATES] }) });
  const card = within(screen.getByRole("region", { name: /Customer since 182/ }));
  expect(card.getByText("Dates are written day first.")).toBeVisible();
  expect(card.getByText("1,031 cells prove it, none speak against it.")).toBeVisible();
  expect(card.getByRole("cell", { name: "03.04.24" })).toBeVisible();
  expect(card.getByRole("cell", { name: "2024-04-03" })).toBeVisible();
  expect(card.getByRole("button", { name: "Read 182 dates day first" })).not.toHaveAttribute("data-variant", "default");
});

test("one click mends all of them, is said, and can be taken back at once", async () => {
  const left = summary({ error_cells: 49, rows_with_errors: 45 });
  const { user, view, changes, sent } = renderInReview(both, {
    grid: grid({ groups: [DATES] }),
    answers: {
      "/changes": result({ cells: 182, rows: 182, summary: left, undo: entry(1, { kind: "fix" }) }),
      "/undo": result({ version: 2, summary: summary() }),
    },
  });
  view.show({ only: "all", group: DATES.id });
  await user.click(screen.getByRole("button", { name: "Read 182 dates day first" }));
  const says = "182 cells were changed. 49 cells still need a look.";
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(says));
  expect(changes()).toEqual([{ kind: "fix", group: "since:order", fix: "day_month", text: null, values: null }]);
  expect(view.view.get()).toMatchObject({ only: "errors" });
  expect(view.view.get().group ?? null).toBeNull();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByText("The change was taken back.", { selector: "span" });
  expect(sent("/undo")).toHaveLength(1);
});

test("undo is no longer offered where it would take back another change", async () => {
  const { user, session } = renderInReview(both, {
    grid: grid({ groups: [DATES] }),
    answers: { "/changes": result({ undo: entry(1) }) },
  });
  await user.click(screen.getByRole("button", { name: "Read 182 dates day first" }));
  await screen.findByRole("button", { name: "Undo" });
  await session.apply({ kind: "set_cells", cells: [{ row: 1, column: "name", text: "x" }] });
  await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
});

test("what the server refuses is said in its words, and nothing is offered to be taken back", async () => {
  const { user } = renderInReview(both, {
    grid: grid({ groups: [DATES] }),
    answers: { "/changes": { status: 409, body: { detail: "This group is gone.", code: "unknown_group" } } },
  });
  await user.click(screen.getByRole("button", { name: "Read 182 dates day first" }));
  await screen.findByText("This group is gone.", { selector: "span" });
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("impatient clicks make one change", async () => {
  let answer: (result: object) => void = () => undefined;
  const { user, changes } = renderInReview(both, {
    grid: grid({ groups: [DATES] }),
    answers: { "/changes": new Promise<object>((resolve) => (answer = resolve)) },
  });
  await user.dblClick(screen.getByRole("button", { name: "Read 182 dates day first" }));
  expect(screen.getByRole("button", { name: "Read 182 dates day first" })).toHaveFocus();
  await user.keyboard("{Enter}");
  answer(result());
  await screen.findByText("1 cell was changed. No errors are left.", { selector: "span" });
  expect(changes()).toHaveLength(1);
});

test("the rows of a cause are shown, and all rows again", async () => {
  const { user, view } = renderInReview(<CausePanel />, { grid: grid({ groups: [DATES] }) });
  await user.click(screen.getByRole("button", { name: "Show them" }));
  expect(view.view.get()).toMatchObject({ only: "all", group: "since:order" });
  await user.click(screen.getByRole("button", { name: "Show all again" }));
  expect(view.view.get().group).toBeNull();
});

test("unknown texts become options, are cleared or left, as the person chooses", async () => {
  const plan = group({ fixes: [fix("map_values", { cells: 30, recommended: true, parameters: { Pro: "team" } })] });
  const { user, changes } = renderInReview(both, {
    grid: grid({ groups: [plan] }),
    answers: { "/changes": result() },
  });
  expect(screen.getByRole("button", { name: "Change all 30 to “Team”" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Choose…" }));
  const pro = screen.getByRole("combobox", { name: "“Pro” becomes" });
  expect(pro).toHaveFocus();
  expect(pro).toHaveValue("Team");
  const trial = screen.getByRole("combobox", { name: "“Free trial” becomes" });
  expect(trial).toHaveValue("Leave as it is");
  expect(screen.getByRole("button", { name: "Change 30 cells" })).toBeEnabled();
  await user.click(trial);
  await user.click(await screen.findByRole("option", { name: "Clear the cells" }));
  await user.click(screen.getByRole("button", { name: "Change 31 cells" }));
  await waitFor(() => expect(changes()).toHaveLength(1));
  expect(changes()[0]).toMatchObject({ fix: "map_values", values: { Pro: "team", "Free trial": null } });
});

test("texts beyond the most frequent ones are asked for, and options are not among them", async () => {
  const { user } = renderInReview(<CausePanel />, {
    grid: grid({ groups: [group({ distinct: 3 })] }),
    answers: {
      "/distinct": {
        total: 5,
        values: [
          { text: "Team", count: 90 },
          { text: "Pro", count: 30 },
          { text: "Gold", count: 2 },
          { text: null, count: 5 },
        ],
      },
    },
  });
  await user.click(screen.getByRole("button", { name: "Choose…" }));
  await screen.findByRole("combobox", { name: "“Gold” becomes" });
  expect(screen.getAllByRole("combobox", { name: /becomes/ })).toHaveLength(3);
});

test("one value is set for all cells of a cause", async () => {
  const empty = group({
    label: "Name",
    column: "name",
    values: [{ text: null, count: 4, suggestion: null }],
    cells: 4,
  });
  const { user, changes } = renderInReview(<CausePanel />, {
    grid: grid({ groups: [empty] }),
    answers: { "/changes": result() },
  });
  await user.click(screen.getByRole("button", { name: "Set a value…" }));
  await user.type(screen.getByRole("textbox", { name: "Value for “Name”" }), "unknown{Enter}");
  await waitFor(() => expect(changes()).toHaveLength(1));
  expect(changes()[0]).toMatchObject({ fix: "set_value", text: "unknown" });
});

test("rows are not deleted where the schema forbids it", async () => {
  const repeated = group({ fixes: [fix("keep_first", { cells: 0, rows: 3 }), fix("delete_rows"), fix("clear")] });
  const { user } = renderInReview(<CausePanel />, {
    grid: grid({ groups: [repeated] }),
    state: state({}, { allow_removing_rows: false }),
  });
  expect(screen.getByRole("button", { name: "Clear all 31 cells" })).toBeVisible();
  expect(screen.queryByText(/delete/i)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Compare" }));
  expect(await screen.findByRole("dialog", { name: "Repeated in “Plan”" })).toBeVisible();
  expect(screen.queryByText("Keep only this")).toBeNull();
});

test("repeated rows stand side by side with what differs, and one of them is kept", async () => {
  const rows = [
    { row: 3, number: 4, cells: ["Ada", "ada@example.com"], marks: {}, messages: [] },
    { row: 9, number: 10, cells: ["A. Byron", "ADA@example.com "], marks: {}, messages: [] },
  ];
  const { user, changes } = renderInReview(<CausePanel />, {
    grid: grid({ groups: [group({ fixes: [fix("keep_first", { cells: 0, rows: 1 })] })] }),
    answers: {
      "/rows": { version: 0, snapshot: "s", total: 2, offset: 0, rows },
      "/changes": result({ cells: 0, rows: 1 }),
    },
  });
  await user.click(screen.getByRole("button", { name: "Compare" }));
  await screen.findByRole("columnheader", { name: /Row 10/ });
  expect(screen.getByRole("row", { name: /Name Ada A. Byron/ })).toHaveAttribute("data-differs");
  const second = within(screen.getByRole("columnheader", { name: /Row 10/ }));
  await user.click(second.getByRole("button", { name: "Keep only this" }));
  await waitFor(() => expect(changes()).toEqual([{ kind: "delete_rows", rows: [3], range: null }]));
});

test("when nothing is left it says so calmly, and warnings stay what they are", () => {
  renderInReview(<CausePanel />, { grid: grid({ summary: CLEAN, groups: [group({ level: "warning" })] }) });
  expect(screen.getByRole("heading", { name: "All clear" })).toBeVisible();
  expect(screen.getByText(/All 12,480 rows are ready/)).toBeVisible();
  expect(screen.getByRole("heading", { name: "Worth a look, stops nothing" })).toBeVisible();
});

test("the focus stays in the panel when the card that had it is mended", async () => {
  const { user } = renderInReview(both, {
    grid: grid({ groups: [DATES] }),
    answers: { "/changes": result(), "/grid": grid({ version: 1, summary: CLEAN }) },
  });
  await user.click(screen.getByRole("button", { name: "Read 182 dates day first" }));
  await waitFor(() => expect(screen.getByRole("heading", { name: "All clear" })).toHaveFocus());
});

test("texts of a file are texts, whatever they look like", () => {
  const hostile = group({
    label: "<img src=x onerror=alert(1)>",
    values: [{ text: "<script>alert(1)</script>", count: 2, suggestion: null }],
  });
  renderInReview(<CausePanel />, { grid: grid({ groups: [hostile] }) });
  expect(screen.getByText("<script>alert(1)</script>")).toBeVisible();
  expect(document.querySelector("img, script")).toBeNull();
});
