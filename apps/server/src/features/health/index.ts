/** Liveness and readiness for whoever watches the process (Q5). Says nothing about content or people. */
import { createRoute, z } from "@hono/zod-openapi";
import type { Feature } from "../../http/feature.ts";
import { jsonAnswer } from "../../http/schema.ts";
import { isClockWrong } from "../../platform/clock.ts";
import { isReady } from "./ready.ts";

const status = z.object({
  status: z.string(),
  warnings: z
    .array(z.enum(["clock"]))
    .optional()
    .openapi({ description: "What does not hinder, and should be mended" }),
});

export const health: Feature = {
  name: "health",
  routes: (api, services) => {
    api.openapi(
      createRoute({
        method: "get",
        path: "/healthz",
        summary: "The process lives",
        responses: { 200: jsonAnswer(status, "It does") },
      }),
      (c) => c.json({ status: "ok" }, 200),
    );
    api.openapi(
      createRoute({
        method: "get",
        path: "/readyz",
        summary: "Database and blob folder take writes",
        responses: {
          200: jsonAnswer(status, "They do"),
          503: jsonAnswer(status, "They do not, or the server is about to stop"),
        },
      }),
      async (c) => {
        if (services.isStopping()) return c.json({ status: "stopping" }, 503);
        const warnings = isClockWrong(services.clock) ? { warnings: ["clock" as const] } : {};
        return (await isReady(services))
          ? c.json({ status: "ready", ...warnings }, 200)
          : c.json({ status: "not ready", ...warnings }, 503);
      },
    );
  },
};
