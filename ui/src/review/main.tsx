import "@mantine/core/styles.css";
import "../theme.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { tokenOf } from "../api/link";
import { Providers } from "../Providers";
import { ReviewApp } from "./ReviewApp";

// Another link in the same tab is another review: nothing of the former may stay.
window.addEventListener("hashchange", () => window.location.reload());

const root = document.getElementById("root");
if (!root) throw new Error("The page has no place for the application.");
createRoot(root).render(
  <StrictMode>
    <Providers>
      <ReviewApp token={tokenOf(window.location)} />
    </Providers>
  </StrictMode>,
);
