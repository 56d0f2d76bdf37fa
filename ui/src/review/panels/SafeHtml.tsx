import DOMPurify from "dompurify";
import { useMemo } from "react";

/** Text with simple marks, from the schema or its hooks. The server has sanitized it; it is done here again, at the place where it would do harm. */
export function SafeHtml({ html, className }: { html: string; className?: string | undefined }) {
  const safe = useMemo(
    () =>
      DOMPurify.sanitize(html, {
        ALLOWED_TAGS: ["a", "b", "br", "code", "em", "h3", "h4", "i", "li", "ol", "p", "small", "strong", "u", "ul"],
        ALLOWED_ATTR: ["href", "target", "rel"],
      }),
    [html],
  );
  return <div className={className} dangerouslySetInnerHTML={{ __html: safe }} />;
}
