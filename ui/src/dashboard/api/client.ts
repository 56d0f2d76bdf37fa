import createClient, { type Middleware } from "openapi-fetch";
import { errorOf, NetworkError } from "../../api/errors";
import type { paths } from "../../api/schema";
import { i18n } from "../../i18n";
import { serviceRoot } from "../root";

/**
 * Says that a request comes from our own page, and in which language it is read. Other sites cannot set the first header,
 * so they cannot use the session; the service minds the second one only beside it.
 */
export const fromPage = (): Record<string, string> => ({
  "X-Headgate-Request": "1",
  "Accept-Language": i18n.locale,
});

/** Every answer that is no success becomes an ApiError or a NetworkError. */
const refusals: Middleware = {
  onRequest: ({ request }) => {
    for (const [name, value] of Object.entries(fromPage())) request.headers.set(name, value);
  },
  onResponse: async ({ response }) => {
    if (!response.ok) throw await errorOf(response);
  },
  onError: ({ error }) =>
    error instanceof DOMException && error.name === "AbortError"
      ? error
      : new NetworkError("The service cannot be reached."),
};

/** The service's API with the session of this browser: `api.GET("/api/v1/webhooks/")`. */
export const api = createClient<paths>({
  baseUrl: serviceRoot().replace(/\/$/, ""),
  credentials: "same-origin",
  cache: "no-store",
});
api.use(refusals);

/** The body of an answer. Raises ApiError or NetworkError. */
export async function answer<Body>(request: Promise<{ data?: Body }>): Promise<Body> {
  // What is no success was raised before; an answer without a body is typed as one.
  return (await request).data as Body;
}
