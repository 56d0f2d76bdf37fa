import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { state } from "../test/fixtures";
import { renderInReview } from "../test/review";
import { Ended } from "./EndPages";

const PROPOSAL = {
  recipe: { recipe: 1 },
  parts: { columns: 11, values: 4, orders: 1, replacements: 2 },
  left_out: { other_edits: 3 },
};
const done = (remember: boolean, status: "SUCCESSFUL" | "FAILED" = "SUCCESSFUL") =>
  state({ status, settings: { ...state().settings, remember_corrections: remember } });

test("corrections are remembered when the person wants it, and the page says so", async () => {
  const answers: object[] = [PROPOSAL, { version: 1, enabled: true }];
  const { user, sent } = renderInReview(<Ended state={done(true)} />, {
    answers: { "/recipe": () => answers.shift() ?? {} },
  });
  expect(await screen.findByText(/Columns: 11. Texts: 6. Date orders: 1./)).toHaveTextContent(
    "Single edits are not remembered.",
  );
  expect(sent("/recipe")).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Remember these corrections for the next file" }));
  expect(await screen.findByText(/Remembered: the next file/)).toBeVisible();
  expect(sent("/recipe")).toHaveLength(2);
});

test.each([
  ["the schema does not allow it", done(false), PROPOSAL],
  ["nothing was done that could be remembered", done(true), { ...PROPOSAL, recipe: null }],
  ["the import failed", done(true, "FAILED"), PROPOSAL],
])("nothing is offered when %s", async (_, ended, proposal) => {
  renderInReview(<Ended state={ended} />, { answers: { "/recipe": () => proposal } });
  await waitFor(() => expect(screen.getByRole("heading")).toBeVisible());
  expect(screen.queryByRole("button")).toBeNull();
});
