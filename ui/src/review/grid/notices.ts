import { msg } from "@lingui/core/macro";
import { ApiError } from "../../api/errors";
import { i18n } from "../../i18n";
import { Store } from "../../state/store";


/** Something that the grid has to say, until it is dismissed or no longer true. */
export interface Notice {
  readonly id: string;
  readonly tone: "info" | "warning" | "error";
  readonly text: string;
  /** What can be done about it. The notice goes away with it. */
  readonly actions: readonly { readonly label: string; readonly run: () => void }[];
  /** Called when a person wants to see no more of it. */
  readonly dismissed?: () => void;
}

/** The notices of a grid; one of an id at a time. */
export class Notices {
  readonly list = new Store<readonly Notice[]>([]);

  show(notice: Notice): void {
    const others = this.list.get().filter(({ id }) => id !== notice.id);
    this.list.set([...others, notice]);
  }

  hide(id: string): void {
    const left = this.list.get().filter((notice) => notice.id !== id);
    if (left.length !== this.list.get().length) this.list.set(left);
  }

  dismiss(notice: Notice): void {
    this.hide(notice.id);
    notice.dismissed?.();
  }
}

/** The server's own words where it has answered; else that something went wrong. */
export const reasonOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : i18n._(msg`Something went wrong on this page.`);
