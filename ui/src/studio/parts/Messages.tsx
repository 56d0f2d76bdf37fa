import type { CellIssue } from "../api/types";
import classes from "./parts.module.css";

/** What is said of a cell or row. */
export function Messages({ issues }: { issues: readonly CellIssue[] }) {
  return issues.map(({ code, message, level }, index) => (
    <span key={`${code} ${String(index)}`} className={level === "error" ? classes.error : classes.warning}>
      {message}
    </span>
  ));
}
