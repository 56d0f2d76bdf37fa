import { Trans, useLingui } from "@lingui/react/macro";
import { Burger, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import classes from "./Frame.module.css";
import { Navigation } from "./Navigation";
import { Tools } from "./Tools";

/** What is round every page: where one can go, who one is, and the page itself. */
export function Frame() {
  const { t } = useLingui();
  const [open, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const main = useFocusOnChange(pathname);
  useEffect(close, [pathname, close]);
  return (
    <div className={classes.app}>
      <a className={classes.skip} href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        <Trans>Skip to the content</Trans>
      </a>
      <header className={classes.header}>
        <Burger
          className={classes.burger}
          size="sm"
          opened={open}
          onClick={toggle}
          aria-label={t`Menu`}
          aria-expanded={open}
        />
        <span className={classes.name}>headgate</span>
        <Tools />
      </header>
      <aside className={classes.side} aria-label={t`Pages`}>
        <Navigation />
      </aside>
      <Drawer opened={open} onClose={close} title="headgate" size="16rem">
        <Navigation />
      </Drawer>
      <main id="main" className={classes.main} tabIndex={-1} ref={main}>
        <Outlet />
      </main>
    </div>
  );
}

/** Moves the focus to the element when the value changes, so that it never falls back to the start of the page. */
function useFocusOnChange(value: unknown) {
  const ref = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      ref.current?.focus();
      ref.current?.scrollTo(0, 0);
    }
    first.current = false;
  }, [value]);
  return ref;
}
