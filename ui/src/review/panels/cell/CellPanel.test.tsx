import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { column, field, grid, PLAN, result, state } from "../../../test/fixtures";
import { renderInReview } from "../../../test/review";
import { Shortcuts } from "../Shortcuts";
import { CellPanel, type CellDetail } from "./CellPanel";

const detail = (more: Partial<CellDetail> = {}): CellDetail => ({
  row: 11,
  column: "name",
  text: "03.04",
  shown: "03.04",
  original: "03.04",
  suggestion: null,
  mark: { level: "error", messages: [], changed: false, autofix: false, original: null, options: null },
  history: [],
  ...more,
});
const select = (row: number, id: string, position = 0) => ({
  first: position,
  last: position,
  columns: [id],
  active: { row, column: id, position },
});
const setting = (shown: CellDetail, answers: object = {}) => ({
  state: state({ fields: [field("name", { description: "First and last name." }), PLAN] }),
  answers: {
    "/cell": shown,
    "/changes": result(),
    "/seek": { position: null, row: null, column: null, snapshot: "s" },
    ...answers,
  },
});

test("everything about the selected cell is said", async () => {
  const message = { code: "x", level: "error" as const, text: "This is no name." };
  const shown = detail({
    shown: "3 April",
    original: "3.4.",
    mark: { ...detail().mark, changed: true, messages: [message] },
    history: [
      {
        version: 1,
        kind: "set_cells",
        author: "x",
        mine: false,
        at: "2026-03-14T09:26:00Z",
        before: null,
        after: "03.04",
      },
    ],
  });
  const { view } = renderInReview(<CellPanel />, setting(shown));
  view.selection.set(select(11, "name"));
  expect(await screen.findByText("This is no name.")).toBeVisible();
  expect(screen.getByRole("heading", { level: 3 })).toHaveTextContent("Row 12 · Name");
  expect(screen.getByText("First and last name.")).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Text of “Name”" })).toHaveValue("03.04");
  expect(screen.getByText("Shown as").parentElement).toHaveTextContent("3 April");
  expect(screen.getByText("In the file").parentElement).toHaveTextContent("3.4.");
  expect(screen.getByRole("listitem")).toHaveTextContent(/empty → became03.04Somebody else · /);
});

test("the suggestion is one click, and says which text it was made for", async () => {
  const { user, view, changes } = renderInReview(<CellPanel />, setting(detail({ suggestion: "2024-04-03" })));
  view.selection.set(select(11, "name"));
  await user.click(await screen.findByRole("button", { name: "Change to “2024-04-03”" }));
  const cell = { row: 11, column: "name", text: "2024-04-03", seen: "03.04" };
  await waitFor(() => expect(changes()).toEqual([{ kind: "set_cells", cells: [cell] }]));
});

test("a text is replaced in place, and the next error follows", async () => {
  const { user, view, changes, sent } = renderInReview(
    <CellPanel />,
    setting(detail(), { "/seek": { position: 5, row: 30, column: "plan", snapshot: "s" } }),
  );
  view.selection.set(select(11, "name", 2));
  const text = await screen.findByRole("textbox", { name: "Text of “Name”" });
  expect(screen.getByRole("button", { name: "Replace, then next" })).toBeDisabled();
  await user.clear(text);
  await user.type(text, "Ada{Enter}");
  await waitFor(() => expect(view.target.get()).toEqual({ row: 30, column: "plan", position: 5 }));
  expect(changes()).toMatchObject([{ cells: [{ text: "Ada", seen: "03.04" }] }]);
  expect(sent("/seek")).toMatchObject([{ position: 2, column: "name", direction: "next" }]);
});

test("a cell is cleared, and an empty one cannot be", async () => {
  const { user, view, changes, session } = renderInReview(<CellPanel />, setting(detail()));
  view.selection.set(select(11, "name"));
  await user.click(await screen.findByRole("button", { name: "Clear" }));
  await waitFor(() => expect(changes()).toMatchObject([{ cells: [{ text: null, seen: "03.04" }] }]));
  session.queries.setQueryData(["view", "cell", 11, "name", 1], detail({ text: null }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Clear" })).toBeNull());
});

test("options are chosen, those of this cell alone where it has its own", async () => {
  const own = { ...detail().mark, options: [{ label: "Only this", value: "o" }] };
  const { user, view } = renderInReview(<CellPanel />, setting(detail({ column: "plan", mark: own })));
  view.selection.set(select(11, "plan"));
  await user.click(await screen.findByRole("combobox", { name: "Text of “Plan”" }));
  expect(await screen.findByRole("option", { name: "Only this" })).toBeVisible();
  expect(screen.queryByRole("option", { name: "Team" })).toBeNull();
});

test("a column that may not be changed offers no change", async () => {
  const locked = {
    ...setting(detail({ suggestion: "x" })),
    grid: grid({ columns: [column("name", { read_only: true })] }),
  };
  const { view } = renderInReview(<CellPanel />, locked);
  view.selection.set(select(11, "name"));
  expect(await screen.findByText("This column cannot be changed here.")).toBeVisible();
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByRole("button", { name: /Change to|Put back|Clear/ })).toBeNull();
});

test("Alt with an arrow goes on at the end from the other end, but not from a list of options", async () => {
  const none = { position: null, row: null, column: null, snapshot: "s" };
  const found = { position: 0, row: 3, column: "name", snapshot: "s" };
  const { view, sent } = renderInReview(
    <>
      <Shortcuts />
      <input role="combobox" aria-label="options" aria-controls="x" aria-expanded="false" />
    </>,
    { answers: { "/seek": ({ position }: { position: number }) => (position === 41 ? found : none) } },
  );
  view.total.set(41);
  view.snapshot.set("s7");
  view.selection.set(select(3, "name", 0));
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "ArrowUp", altKey: true });
  fireEvent.keyDown(document.body, { key: "ArrowUp", altKey: true });
  await waitFor(() => expect(view.target.get()).toEqual({ row: 3, column: "name", position: 0 }));
  expect(sent("/seek")).toEqual([
    {
      view: { only: "all", filters: [], sort: [], snapshot: "s7" },
      position: 0,
      column: "name",
      direction: "previous",
    },
    { view: { only: "all", filters: [], sort: [], snapshot: "s7" }, position: 41, column: null, direction: "previous" },
  ]);
});

test("where there is no error to go to, it is said", async () => {
  const { user } = renderInReview(<CellPanel />, setting(detail()));
  await user.click(screen.getByRole("button", { name: "Next error" }));
  await waitFor(() =>
    expect(screen.getByRole("status")).toHaveTextContent("There is no such cell in the rows that are shown."),
  );
});
