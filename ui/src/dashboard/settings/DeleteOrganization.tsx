import { Trans, useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { forgetAnswers, meQuery, useMe } from "../account/me";
import { answer, api } from "../api/client";
import { ConfirmedButton } from "../parts/ConfirmedButton";

/** Deletes the organization with all that is in it. Its name must be typed. */
export function DeleteOrganization() {
  const { t } = useLingui();
  const { organization } = useMe();
  const { name } = organization;
  const [typed, setTyped] = useState("");
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <ConfirmedButton
      button={<Trans>Delete this organization</Trans>}
      title={<Trans>Delete {name}?</Trans>}
      confirm={<Trans>Delete everything</Trans>}
      action={() => answer(api.POST("/api/v1/account/organization/delete/", { body: { name: typed } }))}
      onDone={async () => {
        await navigate({ to: "/", ignoreBlocker: true });
        forgetAnswers(queries);
        await queries.invalidateQueries({ queryKey: meQuery.queryKey });
      }}
    >
      <p>
        <Trans>All imports, files, schemas, keys and memberships are deleted. It cannot be taken back.</Trans>
      </p>
      <TextInput
        label={t`Type the name of the organization to confirm`}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </ConfirmedButton>
  );
}
