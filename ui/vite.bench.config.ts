import { mergeConfig } from "vite";
import config from "./vite.config";

/** The grid on generated rows, beside the grid that it is measured against. Nothing of it is shipped. */
export default mergeConfig(config, {
  html: { cspNonce: "" },
  build: {
    outDir: process.env.HEADGATE_BENCH_DIR ?? "node_modules/.bench",
    rolldownOptions: { input: { review: "grid-bench.html" } },
  },
});
