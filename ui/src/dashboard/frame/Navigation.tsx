import { useLingui } from "@lingui/react/macro";
import { Link, type LinkProps } from "@tanstack/react-router";
import classes from "./Frame.module.css";

interface Place {
  to: NonNullable<LinkProps["to"]>;
  name: string;
}

/** The pages, in groups. */
export function Navigation() {
  const { t } = useLingui();
  const work: Place[] = [
    { to: "/imports", name: t`Imports` },
    { to: "/schemas", name: t`Schemas` },
  ];
  const administration: Place[] = [{ to: "/webhooks", name: t`Webhooks` }];
  return (
    <nav aria-label={t`Pages`}>
      <Group places={work} />
      <Group name={t`Administration`} places={administration} />
    </nav>
  );
}

function Group({ name, places }: { name?: string; places: readonly Place[] }) {
  return (
    <div className={classes.group}>
      {name && <h2 className={classes.heading}>{name}</h2>}
      <ul className={classes.links}>
        {places.map(({ to, name: text }) => (
          <li key={to}>
            <Link to={to} className={classes.link} activeProps={{ "aria-current": "page" }}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
