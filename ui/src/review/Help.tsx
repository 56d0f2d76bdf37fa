import { useQuery } from "@tanstack/react-query";
import classes from "./StepPage.module.css";

/** The schema's own help text. The server sanitizes it; it is sanitized here once more, where it becomes part of the page. */
export function Help({ html }: { html: string }) {
  const { data } = useQuery({ queryKey: ["help", html], queryFn: () => sanitized(html), staleTime: Infinity });
  if (!data) return null;
  return <div className={classes.help} dangerouslySetInnerHTML={{ __html: data }} />;
}

/** Only few schemas have a help text: what makes it harmless is loaded when one does. */
export async function sanitized(html: string): Promise<string> {
  const { default: DOMPurify } = await import("dompurify");
  return DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    // A picture would be a request to somewhere else, a form or a style would change the page.
    FORBID_TAGS: [
      "style",
      "form",
      "input",
      "button",
      "select",
      "textarea",
      "img",
      "picture",
      "video",
      "audio",
      "source",
    ],
    FORBID_ATTR: ["style", "id", "name", "class"],
  });
}
