/** Liveness and readiness for whoever watches the process (Q5). Says nothing about content or people. */
import type { Feature } from "../../http/feature.ts";

export const health: Feature = {
  name: "health",
  routes: (api, services) => {
    api.get("/healthz", (c) => c.json({ status: "ok" }));
    api.get("/readyz", async (c) => {
      try {
        await services.db.write(async () => undefined);
        await services.blobs.checkWritable();
        return c.json({ status: "ready" });
      } catch {
        return c.json({ status: "not ready" }, 503);
      }
    });
  },
};
