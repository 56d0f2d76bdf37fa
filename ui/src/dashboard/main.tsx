import "@mantine/core/styles.css";
import "../theme.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ErrorBoundary } from "../ErrorBoundary";
import { Providers } from "../Providers";
import { speakWanted } from "./language";
import { createQueries } from "./queries";
import { createDashboardRouter } from "./router";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no place for the application.");
const queries = createQueries();
const router = createDashboardRouter();
// A moment in English before the chosen language would be a flash of another text.
void speakWanted().then(() =>
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <ErrorBoundary>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </ErrorBoundary>
      </Providers>
    </StrictMode>,
  ),
);
