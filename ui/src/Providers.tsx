import { I18nProvider } from "@lingui/react";
import { DirectionProvider, MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { directionOf, i18n } from "./i18n";
import { nonce } from "./nonce";
import { cssVariables, theme } from "./theme";

/** Look, language and direction of every page. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <I18nProvider i18n={i18n}>
      <DirectionProvider initialDirection={directionOf(i18n.locale, window.location.search)} detectDirection={false}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          getStyleNonce={nonce}
        >
          {children}
        </MantineProvider>
      </DirectionProvider>
    </I18nProvider>
  );
}
