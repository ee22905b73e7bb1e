// Whether the bot in this container lives: exits with 0 when GET /healthz answers with 200 within 3 s. It asks where the
// configuration says that the bot listens: the one that is named, else that of the container.
const [path = "/etc/deskhand/app.yaml"] = process.argv.slice(2);
const here = new Map([
  ["0.0.0.0", "127.0.0.1"],
  ["::", "::1"],
]);

try {
  const { loadConfig } = await import(new URL("dist/src/config/index.js", import.meta.url));
  const loaded = await loadConfig({ path });
  // One that was changed to a wrong one is not in use: the usual port is the best guess then.
  const { host, port } = loaded.ok ? loaded.config.http : { host: "127.0.0.1", port: 8080 };
  const address = here.get(host) ?? host;
  const authority = address.includes(":") ? `[${address}]` : address;
  const { ok } = await fetch(`http://${authority}:${port}/healthz`, { signal: AbortSignal.timeout(3_000) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
