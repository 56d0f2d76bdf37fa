import { useLingui } from "@lingui/react/macro";
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";

/** Light or dark. Until it is used the page follows the system. */
export function ThemeToggle() {
  const { t } = useLingui();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={dark ? t`Use light colours` : t`Use dark colours`}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      <svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
        {dark ? (
          <path d="M12 4V2m0 20v-2M4 12H2m20 0h-2M5 5 4 4m16 16-1-1M5 19l-1 1M20 4l-1 1M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10" />
        ) : (
          <path d="M20 14A8 8 0 1 1 10 4a7 7 0 0 0 10 10" />
        )}
      </svg>
    </ActionIcon>
  );
}
