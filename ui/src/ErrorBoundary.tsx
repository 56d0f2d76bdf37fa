import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { MessagePage } from "./MessagePage";

interface Props {
  children: ReactNode;
}

/** Shows a page that says what to do when a part of the application fails; everything that was saved is on the server. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <MessagePage title={<Trans>Something went wrong on this page</Trans>}>
        <p>
          <Trans>What you have done so far is saved. Load the page again to go on.</Trans>
        </p>
        <Button onClick={() => window.location.reload()}>
          <Trans>Load again</Trans>
        </Button>
      </MessagePage>
    );
  }
}
