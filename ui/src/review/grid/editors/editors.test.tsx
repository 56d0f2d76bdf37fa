import { I18nProvider } from "@lingui/react";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { expect, test, vi } from "vitest";
import { i18n } from "../../../i18n";
import type { Editing } from "../editing";
import { OptionEditor } from "./OptionEditor";
import { TextEditor } from "./TextEditor";

function editing(part: Partial<Editing> = {}): Editing {
  const column = {
    id: "amount",
    field: "amount",
    label: "Amount",
    header: null,
    type: "string",
    read_only: false,
    formatted: part.exact !== undefined && part.exact !== null,
    masked: false,
    width: 10,
    errors: 0,
    warnings: 0,
    infos: 0,
  };
  return {
    place: { row: 0, column: 0 },
    placed: { column, index: 0, data: 0, start: 0, width: 100, pinned: false },
    row: { row: 0, number: 1, cells: ["1.23"], marks: {}, messages: [] },
    mark: undefined,
    shown: "1.23",
    replace: false,
    exact: null,
    ...part,
  };
}

const show = (element: ReactElement) => render(<I18nProvider i18n={i18n}>{element}</I18nProvider>);
const OPTIONS = [
  { label: "Red", value: "r" },
  { label: "Green, light", value: "g" },
  { label: "Blue", value: "b" },
];

test("a text is edited from what is shown; Enter stores it and goes down, Shift+Tab back", async () => {
  const commit = vi.fn();
  show(<TextEditor editing={editing()} commit={commit} cancel={vi.fn()} />);
  await userEvent.keyboard("{End}4{Enter}");
  expect(commit).toHaveBeenLastCalledWith("1.234", "1.23", "down");
  await userEvent.keyboard("{Shift>}{Tab}{/Shift}");
  expect(commit).toHaveBeenLastCalledWith("1.234", "1.23", "previous");
});

test("where less digits are shown than there are, the exact text is edited", async () => {
  const commit = vi.fn();
  show(<TextEditor editing={editing({ exact: Promise.resolve("1.2345") })} commit={commit} cancel={vi.fn()} />);
  expect(screen.getByRole("textbox")).toHaveAttribute("readonly");
  await waitFor(() => expect(screen.getByRole("textbox")).toHaveValue("1.2345"));
  await userEvent.keyboard("{End}6{Enter}");
  expect(commit).toHaveBeenLastCalledWith("1.23456", "1.2345", "down");
});

test("without the exact text nothing is stored in its place, and the person is told", async () => {
  const commit = vi.fn();
  const cancel = vi.fn();
  show(<TextEditor editing={editing({ exact: Promise.reject(new Error("gone")) })} commit={commit} cancel={cancel} />);
  expect(await screen.findByRole("alert")).toHaveTextContent("The exact value cannot be loaded now.");
  await userEvent.keyboard("{Enter}");
  expect(commit).not.toHaveBeenCalled();
  expect(cancel).toHaveBeenCalled();
});

test("typing over digits that are not shown says nothing of what was seen", async () => {
  const commit = vi.fn();
  const exact = editing({ replace: true, exact: null });
  const placed = { ...exact.placed, column: { ...exact.placed.column, formatted: true } };
  show(<TextEditor editing={{ ...exact, placed }} commit={commit} cancel={vi.fn()} />);
  await userEvent.keyboard("7{Enter}");
  expect(commit).toHaveBeenLastCalledWith("7", undefined, "down");
});

test("Enter that an input method takes for itself ends no edit", () => {
  const commit = vi.fn();
  show(<TextEditor editing={editing()} commit={commit} cancel={vi.fn()} />);
  fireEvent.keyDown(screen.getByRole("textbox"), { key: "Enter", isComposing: true });
  expect(commit).not.toHaveBeenCalled();
});

test("an option is found by typing and chosen by Enter", async () => {
  const commit = vi.fn();
  const props = { options: OPTIONS, custom: false, delimiter: null, commit, cancel: vi.fn() };
  show(<OptionEditor editing={editing({ shown: "Red" })} {...props} />);
  await userEvent.keyboard("blu{Enter}");
  expect(commit).toHaveBeenLastCalledWith("Blue", "Red", "down");
});

test("a text that is no option is kept only where any text may stand", async () => {
  const commit = vi.fn();
  const cancel = vi.fn();
  const props = { editing: editing({ shown: "Red" }), options: OPTIONS, delimiter: null, commit, cancel };
  const { unmount } = show(<OptionEditor {...props} custom={false} />);
  await userEvent.keyboard("mauve{Enter}");
  expect(commit).not.toHaveBeenCalled();
  expect(cancel).toHaveBeenCalledTimes(1);
  unmount();
  commit.mockClear();
  show(<OptionEditor {...props} custom />);
  await userEvent.keyboard("mauve{Enter}");
  expect(commit).toHaveBeenLastCalledWith("mauve", "Red", "down");
});

test("several options are ticked, and what was no option in the cell is not lost", async () => {
  const commit = vi.fn();
  const props = { options: OPTIONS, custom: false, delimiter: ",", commit, cancel: vi.fn() };
  show(<OptionEditor editing={editing({ shown: "Red, odd one" })} {...props} />);
  await userEvent.keyboard("gre{Enter}");
  await userEvent.click(screen.getByRole("option", { name: /Red/ }));
  await userEvent.keyboard("{Tab}");
  expect(commit).toHaveBeenLastCalledWith('odd one, "Green, light"', "Red, odd one", "next");
});
