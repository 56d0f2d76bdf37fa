import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Answer } from "../parts/Answer";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Invitations } from "./Invitations";
import { Invite } from "./Invite";
import { MemberList } from "./MemberList";
import { membersQuery } from "./queries";

/** Who belongs to the organization, and who was asked to. */
export function MembersPage() {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  return (
    <Page
      title={t`Members`}
      lead={
        <Trans>
          Members work with imports, schemas and what imports have taught. Admins also see webhooks, keys, members and
          settings.
        </Trans>
      }
      actions={
        <Button onClick={open}>
          <Trans>Invite somebody</Trans>
        </Button>
      }
    >
      <Answer query={useQuery(membersQuery)}>{(members) => <MemberList members={members} />}</Answer>
      <section className={forms.section}>
        <h2>
          <Trans>Open invitations</Trans>
        </h2>
        <Invitations />
      </section>
      <Invite key={String(opened)} opened={opened} onClose={close} />
    </Page>
  );
}
