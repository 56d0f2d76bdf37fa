import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Menu } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { answer, api } from "../api/client";
import { useMe, welcome } from "../account/me";
import { useAnnounce } from "../parts/announce";
import { useMayLeave } from "../parts/unsaved";
import classes from "./Frame.module.css";

/** Who is signed in, in which organization; the way to another one, and out. */
export function UserMenu() {
  const { t } = useLingui();
  const { user, organization, organizations } = useMe();
  const person = user.name;
  const place = organization.name;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const mayLeave = useMayLeave();
  const switching = useMutation({
    mutationFn: (organization_id: string) =>
      answer(api.POST("/api/v1/account/organization/switch/", { body: { organization_id } })),
    onSuccess: async (me) => {
      welcome(queries, me);
      const { name } = me.organization;
      announce(t`You work in ${name} now.`);
      await navigate({ to: "/", ignoreBlocker: true });
    },
    onError: ({ message }) => announce(message),
  });
  const out = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/account/sign_out/")),
    onSuccess: async () => {
      await navigate({ to: "/sign-in", ignoreBlocker: true });
      queries.clear();
    },
    onError: ({ message }) => announce(message),
  });
  // Asked before it is done: afterwards the page has nobody to save as.
  const leave = (go: () => void) => void mayLeave().then((may) => may && go());
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" className={classes.user} aria-label={t`${place}: account of ${person}`}>
          <span className={classes.organization}>{place}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi>{user.name}</bdi>
        </Menu.Label>
        <Menu.Item renderRoot={(props) => <Link to="/account" {...props} />}>
          <Trans>My account</Trans>
        </Menu.Item>
        {organizations.length > 1 && (
          <>
            <Menu.Divider />
            <Menu.Label>
              <Trans>Organization</Trans>
            </Menu.Label>
            {organizations.map(({ id, name }) => (
              <Menu.Item
                key={id}
                aria-current={id === organization.id || undefined}
                className={classes.choice}
                onClick={() => id !== organization.id && leave(() => switching.mutate(id))}
              >
                {name}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        <Menu.Item onClick={() => leave(() => out.mutate())}>
          <Trans>Sign out</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
