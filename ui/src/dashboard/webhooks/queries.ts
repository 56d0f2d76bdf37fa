import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";

export type Webhook = Api<"WebhookObject">;
export type Delivery = Api<"Delivery">;
export type DeliveryFull = Api<"DeliveryFull">;
export type DeliveryState = Delivery["state"];

const PAGE = 50;
/** Milliseconds between two looks while something is on its way. */
const WATCHING = 1_000;

/** Everything about webhooks, to be asked for anew after a change. */
export const WEBHOOKS = ["webhooks"];

export const webhooksQuery = queryOptions({
  queryKey: [...WEBHOOKS, "list"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/webhooks/", { params: { query: { limit: 1000 } }, signal })),
});

export const webhookQuery = (webhook_id: string) =>
  queryOptions({
    queryKey: [...WEBHOOKS, "one", webhook_id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/webhooks/{webhook_id}/", { params: { path: { webhook_id } }, signal })),
  });

export interface DeliveryFilter {
  webhook_id?: string | undefined;
  import_id?: string | undefined;
  state?: DeliveryState | undefined;
}

/** Deliveries, newest first, page by page; looked at again and again while one of them is on its way. */
export const deliveriesQuery = ({ webhook_id, import_id, state }: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: [...WEBHOOKS, "deliveries", { webhook_id, import_id, state }],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/webhooks/deliveries/", {
          params: {
            query: {
              limit: PAGE,
              offset: pageParam,
              ...(webhook_id && { webhook_id }),
              ...(import_id && { import_id }),
              ...(state && { state }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, _pages, offset) => (last.next === null ? undefined : offset + PAGE),
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some((page) => page.results.some((one) => one.state === "pending")) ? 3 * WATCHING : false,
  });

/** One delivery with its tries; looked at again and again until it is over. */
export const deliveryQuery = (delivery_id: string) =>
  queryOptions({
    queryKey: [...WEBHOOKS, "delivery", delivery_id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/webhooks/deliveries/{delivery_id}/", { params: { path: { delivery_id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data?.state === "pending" ? WATCHING : false),
  });
