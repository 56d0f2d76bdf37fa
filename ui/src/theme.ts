import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** Shades round the accent of theme.css: 7 is the light theme's, 4 the dark theme's. */
const ACCENT: MantineColorsTuple = [
  "#e7f2ee",
  "#cbe4dc",
  "#a4d3c5",
  "#7ecab4",
  "#5cc0a5",
  "#3f9f86",
  "#2b8570",
  "#1f6f5c",
  "#195a4b",
  "#12463a",
];

export const theme = createTheme({
  primaryColor: "accent",
  colors: { accent: ACCENT },
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  fontFamily: "var(--hg-font)",
  headings: { fontFamily: "var(--hg-font)", fontWeight: "650" },
  defaultRadius: "var(--hg-radius)",
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "15px", xl: "16px" },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Button: { defaultProps: { size: "sm" } },
    // The default is white on a middle tone, which is too faint in both themes.
    Badge: { defaultProps: { variant: "light", radius: "xl", tt: "none", fw: 600 } },
    Anchor: { defaultProps: { underline: "always" } },
    Tooltip: { defaultProps: { withArrow: false, events: { hover: true, focus: true, touch: true } } },
  },
});

const SHARED = {
  "--mantine-color-body": "var(--hg-bg)",
  "--mantine-color-text": "var(--hg-ink)",
  "--mantine-color-dimmed": "var(--hg-soft)",
  "--mantine-color-placeholder": "var(--hg-soft)",
  "--mantine-color-anchor": "var(--hg-accent)",
  "--mantine-color-error": "var(--hg-error)",
  "--mantine-color-default": "var(--hg-panel)",
  "--mantine-color-default-color": "var(--hg-ink)",
  "--mantine-color-default-hover": "var(--hg-tint)",
  "--mantine-color-default-border": "var(--hg-line)",
  "--mantine-primary-color-filled": "var(--hg-accent)",
  "--mantine-primary-color-filled-hover": "var(--hg-accent-hover)",
  "--mantine-primary-color-contrast": "var(--hg-accent-ink)",
  "--mantine-primary-color-light": "var(--hg-tint)",
  "--mantine-primary-color-light-color": "var(--hg-accent)",
  "--mantine-color-accent-filled": "var(--hg-accent)",
  "--mantine-color-accent-filled-hover": "var(--hg-accent-hover)",
  "--mantine-color-accent-light": "var(--hg-tint)",
  "--mantine-color-accent-light-color": "var(--hg-accent)",
  "--mantine-color-accent-text": "var(--hg-accent)",
};

/** Mantine's colours are those of theme.css, which know both themes and what `styleOverrides` changes. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: SHARED, dark: SHARED });
