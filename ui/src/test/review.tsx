import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { MantineProvider } from "@mantine/core";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { vi } from "vitest";
import type { Change, Grid, ReviewState } from "../api/types";
import { i18n } from "../i18n";
import { LiveRegion } from "../review/LiveRegion";
import { Panels, PanelsContext } from "../review/panels/panels-state";
import { GridView, GridViewContext } from "../state/grid-view";
import { SessionContext } from "../state/hooks";
import { KEYS, ReviewSession } from "../state/session";
import { theme } from "../theme";
import * as fixtures from "./fixtures";

/** A body to answer with, or a status and a body. */
type Answer = object | { status: number; body: object } | Promise<object>;
type Answers = Readonly<Record<string, Answer | ((body: never) => Answer)>>;

interface Setting {
  state?: ReviewState;
  grid?: Grid;
  /** By path behind the review's address, such as `/changes`. */
  answers?: Answers;
}

const TOKEN = btoa(String.fromCharCode(...new Uint8Array(46))).replaceAll("=", "");

const isRefusal = (answer: unknown): answer is { status: number; body: object } =>
  typeof answer === "object" && answer !== null && "body" in answer && "status" in answer;

/** Shows a part of the review step in a review whose server gives the answers that a test says. */
export function renderInReview(element: ReactElement, setting: Setting = {}) {
  const asked: { path: string; body: unknown }[] = [];
  const answers: Answers = {
    "": setting.state ?? fixtures.state(),
    "/grid": setting.grid ?? fixtures.grid(),
    ...setting.answers,
  };
  vi.stubGlobal("fetch", async (address: string, { body: sent }: RequestInit) => {
    const path = /reviews\/[^/]+(.*?)\/(\?.*)?$/.exec(address)?.[1] ?? address;
    const body: unknown = typeof sent === "string" ? JSON.parse(sent) : sent;
    asked.push({ path, body });
    const wanted = answers[path];
    const answer: unknown = await (typeof wanted === "function" ? wanted(body as never) : wanted);
    if (!answer) return new Response(JSON.stringify({ detail: `no answer to ${path}` }), { status: 500 });
    const refused = isRefusal(answer);
    return new Response(JSON.stringify(refused ? answer.body : answer), { status: refused ? answer.status : 200 });
  });
  const session = new ReviewSession(TOKEN, { getItem: () => "me-me-me-me", setItem: () => undefined });
  session.queries.setQueryData(KEYS.state, setting.state ?? fixtures.state());
  session.queries.setQueryData(KEYS.grid, setting.grid ?? fixtures.grid());
  const view = new GridView();
  const panels = new Panels();
  render(
    <I18nProvider i18n={i18n}>
      {/* Without the transitions, which never end in jsdom. */}
      <MantineProvider theme={theme} env="test">
        <SessionContext value={session}>
          <QueryClientProvider client={session.queries}>
            <GridViewContext value={view}>
              <PanelsContext value={panels}>
                {element}
                <LiveRegion />
              </PanelsContext>
            </GridViewContext>
          </QueryClientProvider>
        </SessionContext>
      </MantineProvider>
    </I18nProvider>,
  );
  return {
    user: userEvent.setup(),
    session,
    view,
    panels,
    /** The bodies of the requests to a path, oldest first. */
    sent: (path: string) => asked.filter((one) => one.path === path).map(({ body }) => body),
    /** The changes that were made, oldest first. */
    changes: () =>
      asked.filter(({ path }) => path === "/changes").map(({ body }) => (body as { change: Change }).change),
  };
}
