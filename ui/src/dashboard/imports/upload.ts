import { ApiError, NetworkError } from "../../api/errors";
import { serviceRoot } from "../root";

/**
 * The presigned URL as this page may use it. Its policy allows the service's own address only, and behind a proxy the
 * service may have handed out another name of itself.
 */
export function reachable(url: string, root: string = serviceRoot()): string {
  const { search } = new URL(url);
  const path = /\/uploads\/[^/?#]+$/.exec(new URL(url).pathname)?.[0];
  return path === undefined ? url : new URL(`.${path}${search}`, root).href;
}

/**
 * Sends a file to its presigned URL. `onProgress` hears of the share that was sent, 0–1; `fetch` cannot tell that.
 * Raises ApiError, NetworkError, or an AbortError when `signal` says so.
 */
export function sendFile(
  url: string,
  file: Blob,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener("abort", stop);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200) done();
      else fail(new ApiError(request.status, detailOf(request.responseText) ?? request.statusText));
    };
    request.onerror = () => fail(new NetworkError("The service cannot be reached."));
    request.onabort = () => fail(new DOMException("The upload was stopped.", "AbortError"));
    request.onloadend = () => signal.removeEventListener("abort", stop);
    request.open("PUT", reachable(url));
    request.send(file);
  });
}

function detailOf(body: string): string | null {
  try {
    const value = JSON.parse(body) as { detail?: unknown };
    return typeof value.detail === "string" ? value.detail : null;
  } catch {
    return null;
  }
}
