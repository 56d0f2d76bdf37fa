import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

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

/** The dark theme's greys, for what Mantine paints by itself; 6 is the panel, 7 the page. */
const DARK: MantineColorsTuple = [
  "#e9ecec",
  "#c9d0d2",
  "#a3aeb3",
  "#6c777d",
  "#3c464b",
  "#2d3438",
  "#1c2124",
  "#14181a",
  "#101315",
  "#0b0d0e",
];

/** Filled controls take the palette's own pair of colours: the text that Mantine would put on them is too faint in the dark. */
const variantColors: VariantColorsResolver = (input) => {
  if (input.variant === "filled" && input.color === "danger") {
    return {
      background: "var(--hg-error)",
      hover: "color-mix(in srgb, var(--hg-error) 88%, var(--hg-ink))",
      color: "var(--hg-panel)",
      border: "1px solid transparent",
    };
  }
  const colors = defaultVariantColorsResolver(input);
  if (input.variant !== "filled" || (input.color !== undefined && input.color !== "accent")) return colors;
  return {
    ...colors,
    background: "var(--hg-accent)",
    hover: "var(--hg-accent-hover)",
    color: "var(--hg-accent-ink)",
  };
};

// The header of a dialog would count as a second header of the page.
const NO_LANDMARK = { header: { role: "presentation" } };

export const theme = createTheme({
  variantColorResolver: variantColors,
  primaryColor: "accent",
  colors: { accent: ACCENT, dark: DARK },
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
    // The page itself never scrolls, and locking it would need a style that the pages' policy forbids.
    Modal: { defaultProps: { lockScroll: false, attributes: NO_LANDMARK } },
    Drawer: { defaultProps: { lockScroll: false, attributes: NO_LANDMARK } },
    Anchor: { defaultProps: { underline: "always" } },
    // Lists belong to the main part of the page, so that it holds everything that there is to read.
    Popover: { defaultProps: { portalProps: { target: "#overlays" } } },
    Tooltip: {
      defaultProps: {
        portalProps: { target: "#overlays" },
        withArrow: false,
        events: { hover: true, focus: true, touch: true },
      },
    },
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
