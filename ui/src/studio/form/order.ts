/** The help stands below its input, so that inputs beside one another are on one line. */
export const ORDER: ("label" | "input" | "error" | "description")[] = ["label", "input", "error", "description"];
