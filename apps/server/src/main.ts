/** Starts the server from the environment and stops it on SIGTERM and SIGINT. Prints for people; logs go to stdout as JSON. */
import process from "node:process";

const NODE_MAJOR_MIN = 24;
/** So long, after the bounds of requests, for mails on their way and the last writes. What is cut then goes on by its lease. */
const LAST_WORK_MS = 20_000;

if (Number(process.versions.node.split(".")[0]) < NODE_MAJOR_MIN) {
  process.stderr.write(
    `Pli needs Node ${NODE_MAJOR_MIN} or newer; this is ${process.versions.node}.\nRun "npm ci" and then "npm start": that brings the right one.\n`,
  );
  process.exit(1);
}

// Imported only now: an older Node could not even read these files.
const { ConfigError, createServer, readConfig } = await import("./server.ts");
const { configWarnings } = await import("./config.ts");

try {
  const config = readConfig(process.env);
  for (const warning of configWarnings(config)) process.stderr.write(`Warning: ${warning}\n`);
  const server = await createServer(config);
  const url = await server.listen();
  process.stdout.write(`Pli is ready at ${url}\n`);
  for (const line of server.announcements) process.stdout.write(`${line}\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    // A relay, a bucket or a database that has fallen silent must not keep a stopping node for minutes.
    setTimeout(
      () => {
        process.stderr.write("Pli stops without waiting longer for what does not answer\n");
        process.exit(1);
      },
      config.drainMs + config.stopMs + LAST_WORK_MS,
    ).unref();
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return `Pli cannot start:\n${error.message}`;
  if (!(error instanceof Error)) return "Pli cannot start";
  const code = "code" in error ? error.code : "";
  if (code === "unavailable")
    return "Pli cannot start: the database does not answer. Check PLI_DATABASE_URL, its password and rights with: npm run admin -- doctor";
  if (code === "EADDRINUSE") return "Pli cannot start: the port is taken. Set PLI_PORT to a free one";
  if (code === "EACCES")
    return "Pli cannot start: no permission for the port or the data folder. Set PLI_PORT, PLI_DATA";
  return `Pli cannot start: ${error.message}`;
}
