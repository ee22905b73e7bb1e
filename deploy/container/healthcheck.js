// Whether the bot in this container lives: exits with 0 when GET /healthz answers with 200 within 3 s.
try {
  const { ok } = await fetch("http://127.0.0.1:8080/healthz", { signal: AbortSignal.timeout(3_000) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
