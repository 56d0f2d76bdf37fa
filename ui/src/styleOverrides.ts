type Setting = readonly [variable: string, property: string];
type Styles = Readonly<Record<string, unknown>>;

/** Which of our variables a key of `styleOverrides` sets, with the CSS property that its value must be valid for. */
const VARIABLES: Readonly<Record<string, readonly [Setting, ...Setting[]]>> = {
  "global.backgroundColor": [["--hg-panel", "background-color"]],
  "global.pageBackgroundColor": [["--hg-bg", "background-color"]],
  "global.textColor": [["--hg-ink", "color"]],
  "global.secondaryTextColor": [["--hg-soft", "color"]],
  "global.borderColor": [["--hg-line", "color"]],
  "global.borderRadius": [["--hg-radius", "border-radius"]],
  "global.customFontFamily": [["--hg-font", "font-family"]],
  "global.fontFamily": [["--hg-font", "font-family"]],
  "global.primaryColor": [
    ["--hg-accent", "color"],
    ["--hg-focus", "color"],
  ],
  "global.primaryTextColor": [["--hg-accent-ink", "color"]],
  "global.errorColor": [["--hg-error", "color"]],
  "primaryButton.backgroundColor": [
    ["--hg-accent", "color"],
    ["--hg-focus", "color"],
  ],
  "primaryButton.hoverBackgroundColor": [["--hg-accent-hover", "color"]],
  "primaryButton.textColor": [["--hg-accent-ink", "color"]],
};

/** What a schema may set, and the CSS property that each must be a value of. */
export const STYLES = Object.entries(VARIABLES).map(([path, [[, property]]]) => {
  const [part = "", name = ""] = path.split(".");
  return { part, name, property };
});

/** The colours, radius and font of a schema on this page; call the answer to take them back. What CSS does not know is left out. */
export function applyStyleOverrides(styles: Styles, root: HTMLElement = document.documentElement): () => void {
  const set: string[] = [];
  for (const [path, variables] of Object.entries(VARIABLES)) {
    const value = valueAt(styles, path);
    for (const [variable, property] of variables) {
      // An address would be a request to somewhere else.
      if (value === null || /url\(|[;{}]/i.test(value) || !CSS.supports(property, value)) continue;
      root.style.setProperty(variable, value);
      set.push(variable);
    }
  }
  return () => {
    for (const variable of set) root.style.removeProperty(variable);
  };
}

function valueAt(styles: Styles, path: string): string | null {
  let value: unknown = styles;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null) return null;
    value = (value as Styles)[key];
  }
  return typeof value === "string" ? value : null;
}
