import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Summary } from "../../../api/types";
import { CLEAN, grid, state, summary } from "../../../test/fixtures";
import { renderInReview } from "../../../test/review";
import { FinishDialog } from "./FinishDialog";
import { Footer } from "./Footer";

const both = (
  <>
    <Footer narrow={false} />
    <FinishDialog />
  </>
);
const confirmation = (counts: Summary, version = 0, more: object = {}) => ({
  version,
  summary: counts,
  message: null,
  confirm_label: null,
  cancel_label: null,
  ...more,
});
const BLOCKED = summary({ blocked: { code: "errors_left", text: "Mend the 214 rows first.", context: {} } });
const KEPT = summary({ delivered: 12_480, left_out: 0 });

test.each([
  ["REMOVE_INVALID_ROWS", summary(), "12,266 rows will be sent, 214 left out because of the errors that are left"],
  [
    "INCLUDE_INVALID_ROWS",
    KEPT,
    "12,480 rows will be sent 214 of them with errors: cells that cannot be read go out empty",
  ],
  ["INCLUDE_INVALID_ROWS_AND_VALUES", KEPT, "12,480 rows will be sent 214 of them with errors, as they stand"],
  ["BLOCK_SUBMIT", BLOCKED, "Mend the 214 rows first."],
  ["BLOCK_SUBMIT", CLEAN, "12,480 rows will be sent"],
] as const)("under %s the footer says what is sent", (behavior, counts, says) => {
  renderInReview(both, { grid: grid({ summary: counts }), state: state({}, { invalid_data_behavior: behavior }) });
  expect(screen.getByRole("paragraph")).toHaveTextContent(`${says} · everything is saved`);
});

test("finishing asks once, with the exact numbers, and sends what was confirmed", async () => {
  const { user, sent } = renderInReview(both, {
    answers: { "/submit/preview": confirmation(summary(), 7), "/submit": { status: "submitting" } },
  });
  await user.click(screen.getByRole("button", { name: "Finish…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Finish the import?" }));
  const lines = (await dialog.findAllByRole("listitem")).map(({ textContent }) => textContent);
  expect(lines).toEqual(["12,266 rows go out", "214 rows are left out because they still have errors"]);
  expect(sent("/submit")).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Finish and send" }));
  await waitFor(() => expect(sent("/submit")).toEqual([{ version: 7 }]));
});

test("what changed since is said with the new numbers, and has to be confirmed anew", async () => {
  const answers = [confirmation(summary(), 7), confirmation(summary({ delivered: 12_000, left_out: 480 }), 8)];
  const { user, sent } = renderInReview(both, {
    answers: {
      "/submit/preview": () => answers.shift() ?? {},
      "/submit": ({ version }: { version: number }) =>
        version === 8
          ? { status: "submitting" }
          : { status: 409, body: { detail: "Somebody changed something.", code: "version_changed" } },
    },
  });
  await user.click(screen.getByRole("button", { name: "Finish…" }));
  await user.click(await screen.findByRole("button", { name: "Finish and send" }));
  await screen.findByText(/Something was changed in the meantime/);
  expect(screen.getByText("12,000")).toBeVisible();
  expect(sent("/submit")).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Finish and send" }));
  await waitFor(() => expect(sent("/submit")).toEqual([{ version: 7 }, { version: 8 }]));
});

test("the hook's message and labels are shown, without what could do harm", async () => {
  const message = "<p>Invoices go out <b>at once</b>.</p><img src=x onerror=alert(1)><script>alert(1)</script>";
  const hook = { message, confirm_label: "Send invoices", cancel_label: "Wait" };
  const { user, sent } = renderInReview(both, { answers: { "/submit/preview": confirmation(CLEAN, 1, hook) } });
  await user.click(screen.getByRole("button", { name: "Finish…" }));
  expect(await screen.findByText("at once")).toBeVisible();
  expect(document.querySelector("img, script")).toBeNull();
  expect(screen.getByRole("button", { name: "Send invoices" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Wait" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(screen.getByRole("button", { name: "Finish…" })).toHaveFocus());
  expect(sent("/submit")).toEqual([]);
});

test("what blocks finishing is said, with the way to the rows that do", async () => {
  const { user, view } = renderInReview(both, {
    grid: grid({ summary: BLOCKED }),
    answers: { "/submit/preview": confirmation(BLOCKED) },
  });
  await user.click(screen.getByRole("button", { name: "Finish…" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(await dialog.findByRole("button", { name: "Show these rows" }));
  expect(view.view.get()).toMatchObject({ only: "errors" });
  expect(screen.queryByRole("button", { name: "Finish and send" })).toBeNull();
});

test("a refusal is said in the server's words, and can be tried again", async () => {
  const answers = [
    { status: 409, body: { detail: "Still preparing the rows.", code: "not_ready" } },
    confirmation(CLEAN),
  ];
  const { user } = renderInReview(both, { answers: { "/submit/preview": () => answers.shift() ?? {} } });
  await user.click(screen.getByRole("button", { name: "Finish…" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Still preparing the rows.");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("button", { name: "Finish and send" })).toBeVisible();
});
