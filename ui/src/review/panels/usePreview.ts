import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Api, Change } from "../../api/types";
import { useReview, useSession } from "../../state/hooks";

const TYPING_PAUSE = 300;

export interface PreviewState {
  /** Of the change as it stands now: null while it is being found out. */
  readonly preview: Api<"Preview"> | null;
  /** The last one that is known, so that nothing flickers while a person types. */
  readonly latest: Api<"Preview"> | null;
  readonly busy: boolean;
  readonly error: Error | null;
}

/** What a change would do, asked for while it is being written; null: there is nothing to ask. */
export function usePreview(change: Change | null): PreviewState {
  const { client } = useSession();
  const { version } = useReview();
  const wanted = change && JSON.stringify(change);
  const [asked] = useDebouncedValue(wanted, TYPING_PAUSE);
  const query = useQuery({
    queryKey: ["view", "preview", version, asked],
    queryFn: ({ signal }) => client.preview(JSON.parse(asked ?? "") as Change, signal),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  if (wanted === null) return { preview: null, latest: null, busy: false, error: null };
  const current = asked === wanted && !query.isPlaceholderData && !query.isFetching;
  return {
    preview: current ? (query.data ?? null) : null,
    latest: query.data ?? null,
    busy: !current,
    error: current ? query.error : null,
  };
}
