import { useLingui } from "@lingui/react/macro";
import { Link, type LinkProps } from "@tanstack/react-router";
import { useMay } from "../account/me";
import classes from "./Frame.module.css";

interface Place {
  to: NonNullable<LinkProps["to"]>;
  name: string;
  /** Whether pages below it are places of their own. */
  exact?: boolean;
}

/** The pages, in groups. */
export function Navigation() {
  const { t } = useLingui();
  const isAdmin = useMay("admin");
  const work: Place[] = [
    { to: "/imports", name: t`Imports` },
    { to: "/schemas", name: t`Schemas` },
    { to: "/memory", name: t`Learned matches` },
    { to: "/recipes", name: t`Recipes` },
    { to: "/deletions", name: t`Deletions` },
    { to: "/health", name: t`Overview` },
  ];
  const administration: Place[] = [
    { to: "/webhooks", name: t`Webhooks` },
    { to: "/sftp", name: t`SFTP` },
    { to: "/settings/keys", name: t`API keys` },
    { to: "/settings/members", name: t`Members` },
    { to: "/settings/audit", name: t`Audit log` },
    { to: "/settings", name: t`Settings`, exact: true },
  ];
  return (
    <nav aria-label={t`Pages`}>
      <Group places={work} />
      {isAdmin && <Group name={t`Administration`} places={administration} />}
    </nav>
  );
}

function Group({ name, places }: { name?: string; places: readonly Place[] }) {
  return (
    <div className={classes.group}>
      {name && <h2 className={classes.heading}>{name}</h2>}
      <ul className={classes.links}>
        {places.map(({ to, name: text, exact = false }) => (
          <li key={to}>
            <Link to={to} className={classes.link} activeOptions={{ exact }} activeProps={{ "aria-current": "page" }}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
