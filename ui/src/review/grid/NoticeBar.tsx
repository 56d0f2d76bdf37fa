import { useLingui } from "@lingui/react/macro";
import { Button, CloseButton } from "@mantine/core";
import { useStore } from "../../state/store";
import type { GridController } from "./controller";
import type { Notice } from "./notices";
import classes from "./NoticeBar.module.css";

/** What the grid has to say, above its rows' lower edge. */
export function NoticeBar({ grid }: { grid: GridController }) {
  const { t } = useLingui();
  const notices = useStore(grid.notices.list);
  const focus = () => grid.core?.focus();
  const act = (notice: Notice, run: () => void) => {
    grid.notices.hide(notice.id);
    run();
    // The button that had the focus is gone.
    focus();
  };
  return (
    <div className={classes.bar} role="region" aria-label={t`Messages about the rows`} aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className={classes.notice} data-tone={notice.tone}>
          <p className={classes.text}>{notice.text}</p>
          {notice.actions.map(({ label, run }) => (
            <Button key={label} size="xs" variant="default" onClick={() => act(notice, run)}>
              {label}
            </Button>
          ))}
          <CloseButton
            size="sm"
            aria-label={t`Close`}
            onClick={() => {
              grid.notices.dismiss(notice);
              focus();
            }}
          />
        </div>
      ))}
    </div>
  );
}
