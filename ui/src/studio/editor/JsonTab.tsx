import { Trans } from "@lingui/react/macro";
import { lazy, Suspense } from "react";
import { Loading } from "../../dashboard/parts/Loading";
import classes from "./Json.module.css";

const JsonEditor = lazy(() => import("./JsonEditor").then(({ JsonEditor }) => ({ default: JsonEditor })));

/** The schema as the JSON that it is. */
export function JsonTab() {
  return (
    <div className={classes.page}>
      <p className={classes.soft} id="about-json">
        <Trans>
          The same schema as JSON. What you change here shows in the forms at once, and the other way round.
        </Trans>
      </p>
      <Suspense fallback={<Loading />}>
        <JsonEditor describedBy="about-json json-problem" />
      </Suspense>
    </div>
  );
}
