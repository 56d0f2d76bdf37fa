import { describe, expect, it } from "vitest";
import { inForce } from "./inForce";
import type { SchemaRetention } from "./queries";

const retention = (own: number | null, effective: number | null): SchemaRetention => ({
  retention_days: own,
  source_retention_days: null,
  result_retention_days: null,
  review_retention_days: null,
  console_retention_days: null,
  version: 1,
  modified_date: null,
  effective: {
    retention_days: effective,
    source_retention_days: null,
    result_retention_days: null,
    review_retention_days: null,
    console_retention_days: null,
  },
});

describe("what holds for the imports of a schema", () => {
  it.each([
    ["what the schema says, where that is shorter", 7, 7, { days: 7, by: "schema" }],
    ["what the organization says, where that is shorter", 30, 7, { days: 7, by: "organization" }],
    ["what the organization says, where the schema says nothing", null, 7, { days: 7, by: "organization" }],
    ["nothing, where nobody says anything", null, null, { days: null, by: "nobody" }],
  ] as const)("is %s", (_, own, effective, expected) => {
    expect(inForce(retention(own, effective), "retention_days")).toEqual(expected);
  });

  it("is said for each part by itself", () => {
    expect(inForce(retention(7, 7), "source_retention_days").by).toBe("nobody");
  });
});
